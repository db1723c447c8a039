package bot

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func init() { //nolint:gochecknoinits // the generators of all documents are one table
	documents[KindBulletin] = rapid.Custom(func(t *rapid.T) Document {
		return &Bulletin{
			Wanted: rapid.Bool().Draw(t, "wanted"), Next: anyTime.Draw(t, "next"), Fanned: 1,
			Fans: []Fan{{N: 1, Over: overHomes, Notice: "month.202612", At: anyTime.Draw(t, "at")}},
		}
	})
	documents[KindStory] = rapid.Custom(func(t *rapid.T) Document {
		s := &Story{ID: anyID.Draw(t, "id"), People: [2]string{"pa", "pb"}, Text: anyText.Draw(t, "text")}
		s.Said = rapid.MapOfN(rapid.SampledFrom([]string{"pa", "pb"}), anyTime, 0, 2).Draw(t, "said")
		return s
	})
}

func TestAMonthIsPostedOnTheSecondOfTheNext(t *testing.T) {
	t.Parallel()
	for from, want := range map[string]string{
		"2026-12-01T00:00:00Z": "2027-01-02T13:00:00Z",
		"2026-12-31T23:59:59Z": "2027-01-02T13:00:00Z",
		"2027-01-02T13:00:00Z": "2027-02-02T13:00:00Z",
		"2028-01-31T12:00:00Z": "2028-02-02T13:00:00Z",
	} {
		at, err := time.Parse(time.RFC3339, from)
		if err != nil {
			t.Fatal(err)
		}
		if got := afterMonth(at).Format(time.RFC3339); got != want {
			t.Errorf("afterMonth(%s) = %s, want %s", from, got, want)
		}
	}
	next := time.Date(2027, 1, 2, 13, 0, 0, 0, time.UTC)
	if due := (&Bulletin{Next: next}).Due(); len(due) != 0 {
		t.Errorf("a bulletin that nobody wants is due: %v", due)
	}
	want := []Work{{"month.202701", next}}
	if diff := cmp.Diff(want, (&Bulletin{Wanted: true, Next: next}).Due()); diff != "" {
		t.Errorf("Due() (-want +got):\n%s", diff)
	}
}

func TestAStoryIsToldByTwo(t *testing.T) {
	t.Parallel()
	at := time.Date(2027, 1, 2, 13, 0, 0, 0, time.UTC)
	s := &Story{ID: "e", People: [2]string{"pa", "pb"}, Said: map[string]time.Time{"pa": at, "px": at}}
	if !s.agreed().IsZero() || len(s.Entries()) != 2 {
		t.Errorf("a story that one agreed to is told: %v", s.Entries())
	}
	s.Said["pb"] = at.Add(time.Hour)
	if got := s.Entries()[2]; s.agreed() != at.Add(time.Hour) || got.Index != storiesTold || got.Score != at.Add(time.Hour).UnixMilli() {
		t.Errorf("agreed() = %v, entry %+v; want the second yes", s.agreed(), got)
	}
	if err := repointStory(nil, nil, s, "pb", &Person{ID: "pc"}); err != nil || s.People[1] != "pc" || s.agreed() != at.Add(time.Hour) {
		t.Errorf("a merge loses an agreement: %+v", s)
	}
}
