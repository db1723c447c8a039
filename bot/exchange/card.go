package exchange

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// MaxPasted is how much of a pasted list or card is read, in bytes.
const MaxPasted = 64 << 10

// Tick is one thing that was looked for in what somebody pasted. That it is
// there says nothing about whether it is true.
type Tick struct {
	What  string
	Found bool
}

// looked is something to look for, and how it is known.
type looked struct {
	what string
	by   *regexp.Regexp
}

func look(what, pattern string) looked {
	return looked{what, regexp.MustCompile("(?i)" + pattern)}
}

// files are what a repository has that others can use: the five items of the ML
// code completeness checklist, those of howfairis, and the cards. Patterns are of
// base names, but for configurations and tests, which are folders too.
//
//nolint:gochecknoglobals // compiled once
var files = []looked{
	look("a licence", `^(licen[cs]e|copying)(\.(md|txt|rst))?$`),
	look("a readme", `^readme(\.(md|txt|rst))?$`),
	look("how to cite it", `^(citation\.cff|codemeta\.json)$`),
	look("its dependencies", `^(requirements.*\.txt|pyproject\.toml|environment\.ya?ml|setup\.(py|cfg)|pipfile(\.lock)?|poetry\.lock|uv\.lock|conda-lock\.yml|go\.mod|cargo\.toml|package\.json|renv\.lock|project\.toml)$`),
	look("a container", `^(dockerfile|containerfile|apptainer\.def|singularity(\..*)?)$`),
	look("code that trains", `^(train|pretrain|finetune).*\.(py|sh|r|jl|go|ipynb)$`),
	look("code that evaluates", `^(eval|evaluate|evaluation|benchmark|test_model).*\.(py|sh|r|jl|go|ipynb)$`),
	look("configurations", `(^|/)(configs?|conf)/|^config.*\.(ya?ml|json|toml)$`),
	look("tests", `(^|/)tests?/|^test_.*\.py$|_test\.(go|py)$`),
	look("a model card", `^model_?-?card(\.(md|txt|rst))?$`),
	look("a data card", `^(data_?-?card|data_?-?statement|datasheet)(\.(md|txt|rst))?$`),
	look("a safety note", `^safety(_?-?note)?(\.(md|txt|rst))?$`),
	look("checksums", `^(sha256sums?|md5sums?|checksums?)(\.txt)?$|\.(sha256|md5)$`),
}

// Files ticks off a pasted list of files, one a line, such as "git ls-files"
// prints.
func Files(list string) []Tick {
	names := strings.Split(strings.ReplaceAll(clip(list), "\\", "/"), "\n")
	return ticks(files, func(l looked) bool {
		return slices.ContainsFunc(names, func(name string) bool {
			name = strings.TrimPrefix(strings.TrimSpace(name), "./")
			return name != "" && (l.by.MatchString(path.Base(name)) || l.by.MatchString(name))
		})
	})
}

// The headings that a card has: of a model as Mitchell and others proposed them,
// of data as the third version of the data statements has them.
//
//nolint:gochecknoglobals // compiled once
var headings = map[Artefact][]looked{
	ModelCard: {
		look("what it is for", `intended use|uses|use cases`),
		look("where it fails", `limit|bias|risk|caveat|out.of.scope`),
		look("what it was trained on", `training data|dataset`),
		look("how it was evaluated", `evaluat|metric|result|performance`),
		look("ethics", `ethic|safety|societal`),
	},
	DataCard: {
		look("why it was collected", `curation rationale|motivation|purpose|executive summary`),
		look("what is in it", `composition|content|language|structure`),
		look("who is in it", `speaker|subject|demographic|participant`),
		look("who annotated it", `annotat|label`),
		look("how it was collected", `collection|provenance|source|speech situation|text characteristics`),
		look("how it was prepared", `preprocess|data quality|cleaning`),
		look("its limits", `limit|bias|caveat`),
		look("how it is shared", `distribution|licen[cs]e|access`),
		look("who maintains it", `mainten|contact`),
	},
}

//nolint:gochecknoglobals // compiled once
var (
	heading     = regexp.MustCompile(`^#{1,6}\s+(.+?)\s*#*$`)
	placeholder = regexp.MustCompile(`(?i)\b(todo|tbd|fixme|lorem ipsum)\b|more information needed|\[\s*needs more|<!--\s*insert|\[insert\b`)
)

// Card is what a pasted card has.
type Card struct {
	Headings []Tick
	Blank    []string // headings with nothing below them, or with a placeholder
}

// ReadCard ticks off the headings of a model card or a data card in Markdown.
// Other artefacts have no card.
func ReadCard(a Artefact, text string) Card {
	type section struct{ title, body string }
	var all []section
	for line := range strings.SplitSeq(clip(text), "\n") {
		line = strings.TrimSpace(line)
		if m := heading.FindStringSubmatch(line); m != nil {
			all = append(all, section{title: m[1]})
		} else if len(all) > 0 {
			all[len(all)-1].body += line
		}
	}
	var c Card
	for i, s := range all {
		parent := s.body == "" && i+1 < len(all) && i == 0 // the title of the card
		if !parent && (s.body == "" || placeholder.MatchString(s.body)) {
			c.Blank = append(c.Blank, s.title)
		}
	}
	c.Headings = ticks(headings[a], func(l looked) bool {
		return slices.ContainsFunc(all, func(s section) bool { return l.by.MatchString(s.title) })
	})
	return c
}

func ticks(wanted []looked, found func(looked) bool) []Tick {
	var all []Tick
	for _, l := range wanted {
		all = append(all, Tick{l.what, found(l)})
	}
	return all
}

// clip is as much of a pasted text as is read.
func clip(text string) string {
	return strings.ReplaceAll(text[:min(len(text), MaxPasted)], "\r\n", "\n")
}
