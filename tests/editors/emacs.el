;;; emacs.el --- Drives eglot through what editors/README.md promises  -*- lexical-binding: t -*-

;;; Commentary:

;; Run by run.sh in batch mode: the init file is a snippet of editors/README.md,
;; `ibid' is on PATH and lamp-keepers.md is the visited file.

;;; Code:

(require 'eglot)
(require 'flymake)
(require 'xref)

(defvar driver-failed nil)

(defun driver-report (name passed found)
  "Report the check NAME, which PASSED or else FOUND something else."
  (unless passed (setq driver-failed t))
  (princ (if passed (format "ok    %s\n" name) (format "FAIL  %s, found: %S\n" name found))))

(defun driver-expect (name wanted look)
  "Wait until the function LOOK answers WANTED, and report that as NAME."
  (let ((deadline (+ (float-time) 5)) found)
    (while (and (not (equal (setq found (funcall look)) wanted)) (< (float-time) deadline))
      (accept-process-output nil 0.02))
    (driver-report name (equal found wanted) found)))

(defun driver-underlined ()
  "The words that are underlined."
  ;; Batch mode is never idle, and it is when idle that eglot sends edits and flymake looks.
  (eglot--signal-textDocument/didChange)
  (flymake-start)
  (sort (mapcar (lambda (it) (buffer-substring-no-properties (flymake-diagnostic-beg it) (flymake-diagnostic-end it)))
                (flymake-diagnostics))
        #'string<))

(defun driver-line-of (text)
  "The number of the line that holds TEXT."
  (save-excursion
    (goto-char (point-min))
    (search-forward text)
    (line-number-at-pos)))

(defun driver-lines (find line words)
  "The lines that xref's FIND lists, asked from WORDS in the line that begins with LINE."
  (goto-char (point-min))
  (search-forward line)
  (search-forward words)
  (backward-char)
  (let ((items (funcall find 'eglot (xref-backend-identifier-at-point 'eglot))))
    (sort (mapcar (lambda (it) (xref-location-line (xref-item-location it))) items) #'<)))

(defun driver-run ()
  "Every check."
  (call-interactively #'eglot)
  (driver-expect "diagnostics underline the right words after an emoji" '("[^7]" "ibid") #'driver-underlined)

  (goto-char (point-min))
  (search-forward "The storm")
  (insert " 🌩")
  (goto-char (point-max))
  (insert "\n[^7]: Agnes Lind, letter to the author.\n")
  (driver-expect "a diagnostic goes when its cause goes" '("ibid") #'driver-underlined)
  (search-backward "\n[^7]")
  (delete-region (point) (point-max))
  (driver-expect "and is back when its cause is" '("[^7]" "ibid") #'driver-underlined)

  (driver-expect "definition of a second Ibid. is the full citation" (list (driver-line-of "[^1]: "))
                 (lambda () (driver-lines #'xref-backend-definitions "[^3]: " "Ibid")))
  (driver-expect "references of a source are all its citations"
                 (mapcar #'driver-line-of '("[^1]: " "[^2]: " "[^3]: " "[^6]: "))
                 (lambda () (driver-lines #'xref-backend-references "[^1]: " "Agnes")))

  (set-buffer-modified-p nil)
  (eglot-shutdown (eglot-current-server)))

(condition-case trouble
    (driver-run)
  (error (driver-report "no error in the driver" nil trouble)))
(kill-emacs (if driver-failed 1 0))

;;; emacs.el ends here
