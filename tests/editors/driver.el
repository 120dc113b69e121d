;;; driver.el --- What the Emacs drivers share  -*- lexical-binding: t -*-

;;; Code:

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

(defun driver-says (name words found)
  "Report as NAME whether all of WORDS are in the string FOUND."
  (driver-report name (and (stringp found) (seq-every-p (lambda (it) (string-search it found)) words)) found))

(defun driver-line-of (text)
  "The number of the line that holds TEXT."
  (save-excursion
    (goto-char (point-min))
    (search-forward text)
    (line-number-at-pos)))

(defun driver-line (number)
  "The line of that NUMBER."
  (save-excursion
    (goto-char (point-min))
    (forward-line (1- number))
    (buffer-substring-no-properties (line-beginning-position) (line-end-position))))

(defun driver-at (line words)
  "Put the cursor on WORDS in the line that begins with LINE."
  (goto-char (point-min))
  (search-forward line)
  (goto-char (line-beginning-position))
  (search-forward words)
  (backward-char (/ (1+ (length words)) 2)))

(defun driver-completions (typed at-point)
  "What the completion function AT-POINT offers behind TYPED, in a new last line."
  (save-excursion
    (goto-char (point-max))
    (insert "\n" typed)
    (let ((found (funcall at-point)))
      (prog1 (and found (all-completions (buffer-substring-no-properties (nth 0 found) (nth 1 found)) (nth 2 found)))
        (delete-region (- (point-max) (length typed) 1) (point-max))))))

(defun driver-names (index)
  "Every name in an imenu INDEX."
  (mapconcat (lambda (it) (if (consp it) (concat (car it) "\n" (and (listp (cdr it)) (listp (cadr it)) (driver-names (cdr it)))) "")) index "\n"))

(defun driver-run-all (checks)
  "Run the function CHECKS and leave."
  (condition-case trouble
      (funcall checks)
    (error (driver-report "no error in the driver" nil trouble)))
  (kill-emacs (if driver-failed 1 0)))

(provide 'driver)
;;; driver.el ends here
