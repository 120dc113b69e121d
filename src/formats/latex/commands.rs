//! What the commands of LaTeX, of its common packages and of ConTeXt do to the text: one table.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What a command does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Does {
    /// A note of the given series.
    Note(Series),
    /// `\footnotemark[3]`
    NoteMark,
    /// `\footnotetext[3]{…}`
    NoteText,
    /// `\footref{label}`: the mark of a note that stands elsewhere.
    NoteAgain,
    Cite(Cite),
    /// `\emph{…}`
    Emphasis,
    /// `\em`, until the group ends.
    EmphasisOn,
    /// Quotation marks around the text. What comes before it: `m` an argument, `o` an option, `c` a key with its notes.
    Quote(&'static str),
    Accent(char),
    /// Letters, signs and spaces.
    Set(&'static str),
    /// Its arguments are not read: `o` an option, `m` an argument. What follows is.
    Skip(&'static str),
    /// A heading of a depth: `\chapter` is 0.
    Heading(i8),
    /// An argument that is a paragraph of its own: captions, notes in the margin.
    Aside,
    /// A new paragraph.
    Paragraph,
    /// A line ends within the paragraph.
    Break,
    Label,
    Ref,
    /// A file whose text stands here.
    Include,
    /// A path and a file: `\import{chapters/}{one}`
    Import,
    Bibliography,
    Counter,
    /// `\newcommand`, `\def`, `\let` and their kin.
    Define(Define),
    /// `\useURL[name][address][][words]` and `\from[name]`.
    UseUrl,
    From,
    Title,
}

/// Notes that are counted together.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Series {
    Foot,
    End,
    Side,
    /// `\thanks`: marked with signs.
    Thanks,
}

/// How a citation command stands in the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cite {
    /// In brackets.
    Group,
    /// `Author (year)`
    Text,
    /// In a note of its own.
    Foot,
    /// In a note or in brackets, as the style has it.
    Auto,
    /// Into the bibliography and nowhere else.
    No,
    /// A volume comes before the page: `\volcite{2}[12]{key}`
    Volume,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Define {
    /// `\newcommand{\a}[1][x]{…}`
    New,
    /// The same for a command that may exist.
    Renew,
    /// `\NewDocumentCommand{\a}{m}{…}`
    Document,
    /// `\def\a#1{…}`
    Def,
    /// `\let\a=\b`
    Let,
    /// `\newenvironment{a}[1]{…}{…}`
    Environment,
}

/// The table. `None`: a command that is not known.
pub fn does(name: &str) -> Option<Does> {
    let known = notes(name).or_else(|| citations(name)).or_else(|| text(name)).or_else(|| structure(name));
    known.or_else(|| super::letters::command(name)).or_else(|| skipped(name).map(Does::Skip))
}

fn notes(name: &str) -> Option<Does> {
    Some(match name {
        "footnote" | "startfootnote" | "startnote" => Does::Note(Series::Foot),
        "endnote" | "startendnote" | "pagenote" | "parnote" => Does::Note(Series::End),
        "sidenote" | "sfootnote" => Does::Note(Series::Side),
        "thanks" | "tnote" => Does::Note(Series::Thanks),
        "footnotemark" | "endnotemark" | "sidenotemark" | "Footnotemark" => Does::NoteMark,
        "footnotetext" | "endnotetext" | "sidenotetext" | "Footnotetext" => Does::NoteText,
        "footref" | "footnoteref" | "footnoterecall" => Does::NoteAgain,
        "marginnote" | "marginpar" | "margintext" | "inmargin" | "caption" | "captionof" | "subcaption" | "inleft"
        | "inright" => Does::Aside,
        _ if is_note(name) => Does::Note(Series::Foot),
        _ => return None,
    })
}

/// `\footnoteA`, `\fussnote`: names that can mean nothing else, wherever they are defined.
fn is_note(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let series = lower.strip_prefix("footnote").or_else(|| lower.strip_prefix("endnote"));
    series.is_some_and(|s| s.len() == 1) || matches!(lower.as_str(), "fussnote" | "myfootnote" | "fnote")
}

fn citations(name: &str) -> Option<Does> {
    let lower = name.to_ascii_lowercase();
    let cite = match lower.as_str() {
        "nocite" => Cite::No,
        "cite" | "cites" | "parencite" | "parencites" | "citep" | "citealp" | "citealt" | "fullcite" | "fullcites"
        | "citeyear" | "citeyearpar" | "citedate" | "citetitle" | "citeurl" | "supercite" | "supercites"
        | "inlinecite" | "smartcite" | "smartcites" | "citenum" | "citepalias" | "bracketcite" | "citeonline"
        | "pnotecite" | "notecite" => Cite::Group,
        "textcite" | "textcites" | "citet" | "citeauthor" | "citeauthors" | "citetalias" | "onlinecite"
        | "posscite" | "poscite" | "citefullauthor" => Cite::Text,
        "footcite" | "footcites" | "footfullcite" | "footfullcites" | "footcitetext" | "fnotecite" => Cite::Foot,
        "autocite" | "autocites" => Cite::Auto,
        "volcite" | "pvolcite" | "tvolcite" | "volcites" => Cite::Volume,
        _ => return None,
    };
    Some(Does::Cite(cite))
}

fn text(name: &str) -> Option<Does> {
    Some(match name {
        "emph" | "textit" | "textsl" | "italic" | "worktitle" | "booktitle" => Does::Emphasis,
        "em" | "it" | "itshape" | "sl" | "slshape" | "bi" | "italics" => Does::EmphasisOn,
        "enquote" | "quotation" | "quote" | "textquote" | "blockquote" | "enclosequote" | "speech" => Does::Quote("oo"),
        "foreignquote" | "hyphenquote" | "foreigntextquote" | "foreignblockquote" | "hyphentextquote"
        | "hyphenblockquote" => Does::Quote("moo"),
        "textcquote" | "blockcquote" => Does::Quote("c"),
        "par" | "item" | "bibitem" | "startitem" | "head" | "sym" | "endgraf" | "tabularnewline" | "NC" | "NR"
        | "bTD" | "bTR" | "pstart" | "cr" => Does::Paragraph,
        "\\" | "newline" | "linebreak" | "crlf" | "hfill" | "hfil" | "quad" | "qquad" | "and" | "tab" => Does::Break,
        "label" | "pagereference" | "textreference" | "reference" => Does::Label,
        "ref" | "pageref" | "autoref" | "vref" | "cref" | "Cref" | "nameref" | "vpageref" | "zref" | "refstar"
        | "in" | "at" | "about" | "thref" => Does::Ref,
        "useURL" => Does::UseUrl,
        "from" => Does::From,
        "title" | "subtitle" | "author" | "date" => Does::Title,
        _ => return None,
    })
}

fn structure(name: &str) -> Option<Does> {
    Some(match name {
        "part" | "addpart" | "startpart" => Does::Heading(-1),
        "chapter" | "addchap" | "startchapter" | "starttitle" => Does::Heading(0),
        "section" | "addsec" | "startsection" | "subject" | "startsubject" => Does::Heading(1),
        "subsection" | "startsubsection" | "subsubject" | "startsubsubject" => Does::Heading(2),
        "subsubsection" | "startsubsubsection" | "subsubsubject" | "minisec" => Does::Heading(3),
        "paragraph" | "subsubsubsection" => Does::Heading(4),
        "subparagraph" => Does::Heading(5),
        "input" | "include" | "subfile" | "subfileinclude" | "component" => Does::Include,
        "import" | "subimport" | "inputfrom" | "includefrom" | "subinputfrom" | "subincludefrom" => Does::Import,
        "bibliography" | "addbibresource" | "addglobalbib" | "addsectionbib" | "nobibliography" | "usebtxdataset"
        | "bibliographyfile" => Does::Bibliography,
        "setcounter" | "addtocounter" | "stepcounter" | "refstepcounter" | "counterwithin" | "counterwithout"
        | "frontmatter" | "mainmatter" | "backmatter" | "appendix" | "startfrontmatter" | "startbodymatter"
        | "startbackmatter" | "MakePerPage" | "usepackage" | "RequirePackage" | "@addtoreset" => Does::Counter,
        "newcommand" | "providecommand" | "newrobustcmd" => Does::Define(Define::New),
        "renewcommand" | "DeclareRobustCommand" | "renewrobustcmd" | "DeclareTextFontCommand" => {
            Does::Define(Define::Renew)
        }
        "NewDocumentCommand"
        | "RenewDocumentCommand"
        | "DeclareDocumentCommand"
        | "ProvideDocumentCommand"
        | "NewExpandableDocumentCommand" => Does::Define(Define::Document),
        "def" | "gdef" | "edef" | "xdef" | "define" | "unexpanded" => Does::Define(Define::Def),
        "let" => Does::Define(Define::Let),
        "newenvironment" | "renewenvironment" | "NewDocumentEnvironment" | "RenewDocumentEnvironment" => {
            Does::Define(Define::Environment)
        }
        _ => return None,
    })
}

/// Commands whose arguments are no text: `o` an option, `m` an argument, each where it is given. What comes behind them is text.
const SKIPPED: &[(&str, &str)] = &[
    (
        "",
        "noindent indent onehalfspacing doublespacing singlespacing centering raggedright protect leavevmode \
         hline toprule midrule bottomrule newpage clearpage cleardoublepage relax begingroup endgroup bgroup \
         egroup ignorespaces thinrule tableofcontents listoffigures listoftables makeindex makeatletter \
         makeatother normalfont bf bfseries rm sf tt sc scshape upshape tf tfx small footnotesize large Large \
         normalsize xspace strut null global long expandafter smallskip medskip bigskip fi else maketitle",
    ),
    (
        "m",
        "vspace hspace addvspace enlargethispage pagestyle thispagestyle pagenumbering bibliographystyle glossary \
         selectlanguage setlanguage hyphenation graphicspath hypertarget hyperlink phantom hphantom vphantom \
         geometry usetikzlibrary tikzset newcounter newlength includeonly setstretch linespread scalebox \
         rotatebox AtBeginDocument AtEndDocument newsavebox usebox citestyle setcitestyle markright chaptermark \
         sectionmark typeout message cline cmidrule mainlanguage setmainlanguage nobibliographystyle \
         ExecuteBibliographyOptions NeedsTeXFormat includecomment excludecomment phantomsection vskip hskip \
         counterwithin",
    ),
    (
        "om",
        "includegraphics lstinputlisting verbatiminput includepdf VerbatimInput documentclass LoadClass \
         ProvidesPackage todo missingfigure index sindex hypersetup color bookmark textcolor colorbox lstset \
         captionsetup foreignlanguage setdefaultlanguage setotherlanguage",
    ),
    ("ooom", "parbox"),
    ("moo", "raisebox"),
    (
        "ooo",
        "makebox framebox hyperref printindex nolinebreak nopagebreak pagebreak printbibliography printbibheading \
         newrefsection externalfigure usemodule page blank blackrule placefootnotes placenotes placecontent \
         completecontent setvariables setupinteraction setuplayout setupbodyfont setuppapersize setuphead \
         setupheads definehead setupfootnotes setupnote setupnotation setupnotes definefont language \
         switchtobodyfont startalignment startlines startnarrower startitemize starttext startframed startcolumns \
         startplacefigure placefigure placetable definestartstop definehighlight environment product project",
    ),
    (
        "omm",
        "inputminted rule multicolumn setlength addtolength settowidth markboth fontsize addtocontents resizebox sbox \
         DeclareUnicodeCharacter DeclareMathOperator DeclareFieldFormat DefineBibliographyStrings \
         DefineBibliographyExtras DeclareNameAlias defbibfilter nomenclature newglossaryentry setkeys",
    ),
    (
        "omomom",
        "definecolor newtheorem titlespacing newbibmacro renewbibmacro DeclareNameFormat DeclareListFormat \
         DeclareBibliographyDriver defbibheading apptocmd pretocmd DeclareQuoteStyle savebox",
    ),
    ("omomo", "multirow"),
    (
        "omomomom",
        "addcontentsline pdfbookmark patchcmd newacronym acrodef titleformat ifthenelse deffootnote \
         DeclareCiteCommand",
    ),
    ("omo", "setmainfont setsansfont setmonofont newfontfamily fontspec"),
];

fn skipped(name: &str) -> Option<&'static str> {
    static TABLE: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
        SKIPPED.iter().flat_map(|&(arguments, names)| names.split(' ').map(move |n| (n, arguments))).collect()
    });
    TABLE.get(name).copied()
}
