;;; emacs.el --- Drives eglot through what editors/README.md promises  -*- lexical-binding: t -*-

;;; Commentary:

;; Run by run.sh in batch mode: the init file is a snippet of editors/README.md,
;; `ibid' is on PATH and lamp-keepers.md is the visited file.

;;; Code:

(require 'eglot)
(require 'flymake)
(require 'xref)

(load (expand-file-name "driver" (file-name-directory load-file-name)) nil t)

(defun driver-underlined ()
  "The words that are underlined."
  ;; Batch mode is never idle, and it is when idle that eglot sends edits and flymake looks.
  (eglot--signal-textDocument/didChange)
  (flymake-start)
  (sort (mapcar (lambda (it) (buffer-substring-no-properties (flymake-diagnostic-beg it) (flymake-diagnostic-end it)))
                (flymake-diagnostics))
        #'string<))

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

  (driver-at "[^3]: " "Ibid")
  (let (said)
    (set-window-buffer nil (current-buffer))
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq said text)))
    (driver-expect "hover comes" t (lambda () (stringp said)))
    (driver-says "hover names the source and the chain through note 2" '("Lights of the Northern Skerries" "n. 2") said))
  (driver-says "the outline has heading and notes" '("The Lamp-Keepers of Skerry Bay" "Tomas Brekke") (driver-names (eglot-imenu)))
  (let ((offered (driver-completions "[^8]: 🌊 Li" #'eglot-completion-at-point)))
    (driver-report "completion offers the short form of a source" (member "Lind, *Lights of the Northern Skerries*" offered) offered))

  (driver-at "[^6]: " "6")
  (eglot--signal-textDocument/didChange)
  (eglot-rename "26")
  (driver-report "rename of a note's label" (save-excursion (goto-char (point-min)) (search-forward "[^26]: Lind, *Lights" nil t)) (driver-line (driver-line-of "26]: ")))
  (driver-says "with its mark" '("[^26]") (driver-line (driver-line-of "He kept")))

  (driver-at "[^5]: " "ibid")
  (driver-underlined)
  (let* ((actions (eglot-code-actions (point) (point) "quickfix"))
         (fix (seq-find (lambda (it) (eq (plist-get it :isPreferred) t)) actions)))
    (driver-report "a quick fix is offered" (and fix t) actions)
    (eglot--apply-workspace-edit (plist-get fix :edit)))
  (driver-expect "and writes the full stop" "[^5]: Glass 🕯 was dear that year. See ibid., 90."
                 (lambda () (driver-line (driver-line-of "[^5]: "))))

  (set-buffer-modified-p nil)
  (find-file "letter.txt")
  (eglot--maybe-activate-editing-mode)
  (driver-expect "plain text is served too" '("³") #'driver-underlined)

  (set-buffer-modified-p nil)
  (eglot-shutdown (eglot-current-server)))

(driver-run-all #'driver-run)

;;; emacs.el ends here
