;;; lsp-mode.el --- Drives lsp-mode through what editors/README.md promises  -*- lexical-binding: t -*-

;;; Commentary:

;; Run by run.sh in batch mode like emacs.el, with the snippet `lsp-mode' of editors/README.md as the init file.

;;; Code:

(require 'lsp-mode)
(require 'lsp-lens)
(require 'lsp-completion)

(load (expand-file-name "driver" (file-name-directory load-file-name)) nil t)

(defun driver-diagnostics ()
  "Rule and line of what lsp-mode holds for this buffer, counted from 1."
  (sort (mapcar (lambda (it) (format "%s in line %d" (lsp-get it :code) (1+ (lsp-get (lsp-get (lsp-get it :range) :start) :line))))
                (gethash (lsp--fix-path-casing (buffer-file-name)) (lsp-diagnostics t)))
        #'string<))

(defun driver-run ()
  "Every check."
  ;; This lsp-mode counts an emoji as one column where the protocol has two (lsp-mode#2080). So the line of the fix is rid
  ;; of its emoji before the server sees it; the others stay.
  (search-forward "🕯 ")
  (replace-match "")
  (lsp-workspace-folders-add default-directory)
  (lsp)
  (driver-expect "connects" 'initialized
                 (lambda () (and (lsp-workspaces) (lsp--workspace-status (car (lsp-workspaces))))))
  (let ((form (format "ibid-form in line %d" (driver-line-of "See ibid")))
        (note (format "mark-without-note in line %d" (driver-line-of "[^7]"))))
    (driver-expect "diagnostics stand at the right lines" (list form note) #'driver-diagnostics)
    (goto-char (point-max))
    (insert "\n[^7]: Agnes Lind 🌊, letter to the author.\n")
    (lsp-on-change (point-min) (point-min) 0)
    (driver-expect "a diagnostic goes when its cause goes" (list form) #'driver-diagnostics)
    (search-backward "\n[^7]")
    (delete-region (point) (point-max))
    (driver-expect "and is back when its cause is" (list form note) #'driver-diagnostics)

    (driver-at "[^3]: " "Ibid")
    (lsp-find-definition)
    (driver-report "definition of a second Ibid. is the full citation"
                   (= (line-number-at-pos) (driver-line-of "[^1]: ")) (line-number-at-pos))

    (driver-at "[^3]: " "Ibid")
    (driver-says "hover names the source and the chain through note 2" '("Lights of the Northern Skerries" "n. 2")
                 (lsp--render-on-hover-content (gethash "contents" (lsp-request "textDocument/hover" (lsp--text-document-position-params))) t))
    (driver-at "[^1]: " "Agnes")
    (driver-report "references of a source are all its citations"
                   (equal (sort (mapcar (lambda (it) (1+ (lsp-get (lsp-get (lsp-get it :range) :start) :line)))
                                        (lsp-request "textDocument/references" (append (lsp--text-document-position-params) '(:context (:includeDeclaration t)))))
                                #'<)
                          (mapcar #'driver-line-of '("[^1]: " "[^2]: " "[^3]: " "[^6]: ")))
                   nil)
    (driver-says "the outline has heading and notes" '("The Lamp-Keepers of Skerry Bay" "Tomas Brekke") (driver-names (lsp--imenu-create-index)))
    (lsp-lens-mode 1)
    (lsp-lens-refresh t)
    (driver-expect "lenses count the citations of a source" '("cited 2 times, last in n. 5" "cited 4 times, last in n. 6")
                   (lambda () (sort (mapcar (lambda (it) (string-trim (substring-no-properties (overlay-get it 'lsp-original)))) lsp-lens--overlays) #'string<)))
    (let ((offered (driver-completions "[^8]: Li" #'lsp-completion-at-point)))
      (driver-report "completion offers the short form of a source" (member "Lind, *Lights of the Northern Skerries*" offered) offered))
    (driver-at "[^6]: " "6")
    (lsp-rename "26")
    (driver-report "rename of a note's label" (save-excursion (goto-char (point-min)) (search-forward "[^26]: Lind, *Lights" nil t)) (driver-line (driver-line-of "26]: ")))
    (driver-says "with its mark" '("[^26]") (driver-line (driver-line-of "He kept")))
    (lsp-rename "6")

    (driver-at "[^5]: " "ibid")
    (let ((fix (seq-find (lambda (it) (lsp-get it :isPreferred)) (lsp-code-actions-at-point))))
      (driver-report "a quick fix is offered" (and fix t) fix)
      (when fix (lsp-execute-code-action fix)))
    (driver-report "and writes the full stop" (save-excursion (goto-char (point-min)) (search-forward "[^5]: Glass was dear that year. See ibid., 90." nil t))
                   (buffer-substring-no-properties (line-beginning-position) (line-end-position)))
    (driver-expect "and its diagnostic goes" (list note) #'driver-diagnostics))
  (set-buffer-modified-p nil)
  (find-file "letter.txt")
  (lsp)
  (driver-expect "plain text is served too" (list (format "mark-without-note in line %d" (driver-line-of "tide tables"))) #'driver-diagnostics)
  (set-buffer-modified-p nil)
  (lsp-workspace-shutdown (car (lsp-workspaces))))

(driver-run-all #'driver-run)

;;; lsp-mode.el ends here
