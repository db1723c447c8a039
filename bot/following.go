package bot

import (
	"errors"
	"slices"
)

// KindFollowing is what one person follows.
const KindFollowing Kind = "following"

// Following is what one person follows: topics, labs, series and languages. Of talks about
// them the person gets a digest every week and, where they wish, each new talk at
// once.
type Following struct {
	ID     string     `json:"id"`
	Person string     `json:"person"`
	Things []Followed `json:"things,omitempty"`
	Given  int        `json:"given,omitempty"` // the last number that a thing got
	Talks  []string   `json:"talks,omitempty"` // of the last digest, soonest first
}

// Followed is one thing that somebody follows.
type Followed struct {
	N    int          `json:"n"` // tells it from the others, for controls
	Kind FollowedKind `json:"kind"`
	Of   string       `json:"of"`             // the topic as it was typed, the id of the lab or series, or the tag of the language
	Name string       `json:"name,omitempty"` // of a series: its title when it was followed
	Keys []string     `json:"keys,omitempty"` // of a topic: what it is compared by
	Now  bool         `json:"now,omitempty"`  // new talks are told at once, too
}

// FollowedKind is what sort of thing is followed.
type FollowedKind string

// The sorts of things.
const (
	FollowTopic  FollowedKind = "topic"
	FollowLab    FollowedKind = "lab"
	FollowSeries FollowedKind = "series"
	// FollowLanguage is for talks in a language that is not the usual one.
	FollowLanguage FollowedKind = "language"
)

// maxFollowed is how many things one person follows: more than anybody reads of.
const maxFollowed = 100

// Indexes of what people follow.
const (
	followingBy    = "following.by/"  // and a person's id list what that person follows
	followersOf    = "following.of/"  // and a mark list who follows what has it
	followersAtNow = "following.now/" // the same for those who want to hear at once
)

// followingOf is the entry of what one person follows, of which there is one document.
func followingOf(person string) string { return "following/" + person }

// Ref names what a person follows.
func (f *Following) Ref() Ref { return Ref{KindFollowing, f.ID} }

// Entries are the person's, and those of the marks of everything that they follow.
func (f *Following) Entries() []Entry {
	entries := []Entry{{Index: followingOf(f.Person), Unique: true}, {Index: followingBy + f.Person}}
	var seen []string
	add := func(index string) {
		if !slices.Contains(seen, index) {
			seen, entries = append(seen, index), append(entries, Entry{Index: index})
		}
	}
	for _, t := range f.Things {
		for _, m := range t.marks() {
			add(followersOf + m)
			if t.Now {
				add(followersAtNow + m)
			}
		}
	}
	return entries
}

// Due is empty: the digest of all is one work of its own.
func (f *Following) Due() []Work { return nil }

func (f *Following) object() Object { return Object{Kind: KindFollowing, People: []string{f.Person}} }

// marks are what the thing is found by: a talk that has one of them is about it.
func (t Followed) marks() []string {
	if t.Kind != FollowTopic {
		return []string{mark(t.Kind, t.Of)}
	}
	var marks []string
	for _, k := range t.Keys {
		marks = append(marks, mark(FollowTopic, k))
	}
	return marks
}

func mark(kind FollowedKind, of string) string { return string(kind) + "/" + of }

// marks are those of a talk: of its series, its topics and its host.
func (a *App) marks(c *Colloquium) []string {
	var marks []string
	for _, t := range a.followable(c) {
		for _, m := range t.marks() {
			if !slices.Contains(marks, m) {
				marks = append(marks, m)
			}
		}
	}
	return marks
}

// followable is what can be followed of a talk.
func (a *App) followable(c *Colloquium) []Followed {
	var things []Followed
	if c.Part != nil {
		things = append(things, Followed{Kind: FollowSeries, Of: c.Part.Series, Name: c.Title})
	}
	for _, topic := range c.Topics {
		if keys := a.aliases.Keys(topic); len(keys) > 0 {
			things = append(things, Followed{Kind: FollowTopic, Of: topic, Keys: keys})
		}
	}
	if l := a.heldIn(c); a.unusual(l) != "" {
		things = append(things, Followed{Kind: FollowLanguage, Of: string(l)})
	}
	return append(things, Followed{Kind: FollowLab, Of: c.Lab})
}

// about is the first thing followed that has one of a talk's marks, or nil.
func (f *Following) about(marks []string) *Followed {
	for i, t := range f.Things {
		if common(t.marks(), marks) {
			return &f.Things[i]
		}
	}
	return nil
}

// wantsNow reports whether a talk with these marks is to be told at once.
func (f *Following) wantsNow(marks []string) bool {
	return slices.ContainsFunc(f.Things, func(t Followed) bool { return t.Now && common(t.marks(), marks) })
}

// follow adds a thing and reports whether it is new.
func (f *Following) follow(t Followed) bool {
	if f.about(t.marks()) != nil {
		return false
	}
	f.Given++
	t.N = f.Given
	f.Things = append(f.Things, t)
	return true
}

// numbered is the place of the thing with a number, or -1.
func (f *Following) numbered(n int) int {
	return slices.IndexFunc(f.Things, func(t Followed) bool { return t.N == n })
}

// rekey compares topics by the aliases of today, and reports whether that changes
// anything.
func (a *App) rekey(f *Following) (changed bool) {
	for i, t := range f.Things {
		if t.Kind != FollowTopic {
			continue
		}
		if keys := a.aliases.Keys(t.Of); !slices.Equal(keys, t.Keys) {
			f.Things[i].Keys, changed = keys, true
		}
	}
	return changed
}

// followedName names a thing to its follower.
func (a *App) followedName(tx *Tx, t Followed) (string, error) {
	switch t.Kind {
	case FollowLab:
		lab, err := load[*Lab](tx, KindLab, t.Of)
		if errors.Is(err, errNotFound) {
			return "a lab that has left", nil
		}
		if err != nil {
			return "", err
		}
		return lab.Name, nil
	case FollowSeries:
		return t.Name, nil
	case FollowLanguage:
		return Language(t.Of).Name(), nil
	case FollowTopic:
	}
	return t.Of, nil
}

// repointFollowing lets what somebody follows be followed by the person whom
// they are one with now.
func repointFollowing(_ *App, tx *Tx, f *Following, _ string, to *Person) error {
	own, err := owner[*Following](tx, followingOf(to.ID))
	if errors.Is(err, errNotFound) {
		f.Person = to.ID
		return nil
	}
	if err != nil {
		return err
	}
	for _, t := range f.Things {
		if len(own.Things) < maxFollowed {
			own.follow(t)
		}
	}
	tx.put(own)
	tx.remove(f.Ref())
	return nil
}
