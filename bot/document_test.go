package bot

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"interlab/bot/chat"
	"interlab/calendar"
	"interlab/matching"
)

// Generators of what documents are made of.
var (
	anyText    = rapid.String()
	anyID      = rapid.StringMatching(`[a-z2-9]{16}`)
	anyIDs     = rapid.SliceOfN(anyID, 0, 3)
	anyTopics  = rapid.SliceOfN(rapid.StringMatching(`[a-z ]{1,20}`), 0, 3)
	anyTime    = rapid.Custom(func(t *rapid.T) time.Time { return time.Unix(rapid.Int64Range(1e9, 4e9).Draw(t, "s"), 0).UTC() })
	anyAccount = rapid.Custom(func(t *rapid.T) chat.Account {
		return chat.Account{Platform: "slack", Team: anyID.Draw(t, "team"), User: anyID.Draw(t, "user")}
	})
	anyZone = rapid.Custom(func(t *rapid.T) calendar.Zone {
		return must(calendar.ParseZone(rapid.SampledFrom([]string{"Paris", "Tokyo", "Auckland", "Kathmandu", "Lima", "UTC"}).Draw(t, "zone")))
	})
	anyReasons = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) matching.Reason {
		return matching.Reason{Kind: matching.SharesTopic, Phrase: anyText.Draw(t, "phrase"), Score: rapid.Int64().Draw(t, "score")}
	}), 0, 2)
	anyGrant = rapid.SampledFrom([]Grant{{Role: Organiser}, {Role: Lead, Lab: "l1"}, {Role: Operator}})
)

// documents makes a full document of each kind.
var documents = map[Kind]*rapid.Generator[Document]{
	KindPerson: rapid.Custom(func(t *rapid.T) Document {
		return &Person{
			ID: anyID.Draw(t, "id"), Name: anyText.Draw(t, "name"), Accounts: rapid.SliceOfN(anyAccount, 1, 2).Draw(t, "accounts"),
			Lab: anyID.Draw(t, "lab"), Shares: anyTopics.Draw(t, "shares"), Seeks: anyTopics.Draw(t, "seeks"), About: anyText.Draw(t, "about"),
			Zone: anyZone.Draw(t, "zone"), Hours: must(calendar.ParseHours("Tue-Sat 07:30-11:00")), Contact: anyText.Draw(t, "contact"),
			Shown: rapid.SampledFrom([]Shown{ShownName, ShownTopics}).Draw(t, "shown"), Joined: anyTime.Draw(t, "joined"), Paused: anyTime.Draw(t, "paused"),
			Blocks: anyIDs.Draw(t, "blocks"), Roles: rapid.SliceOfN(anyGrant, 0, 2).Draw(t, "roles"), Asking: anyIDs.Draw(t, "asking"), Asked: anyIDs.Draw(t, "asked"),
			Calendar: &CalendarKey{Hash: anyID.Draw(t, "hash"), At: anyTime.Draw(t, "made")},
		}
	}),
	KindLab: rapid.Custom(func(t *rapid.T) Document {
		return &Lab{ID: anyID.Draw(t, "id"), Name: anyText.Draw(t, "name"), Public: rapid.Bool().Draw(t, "shown")}
	}),
	KindHome: rapid.Custom(func(t *rapid.T) Document {
		return &Home{ID: anyID.Draw(t, "id"), Home: chat.Home{Platform: "slack", ID: anyID.Draw(t, "home")}, Labs: anyIDs.Draw(t, "labs")}
	}),
	KindSearch: rapid.Custom(func(t *rapid.T) Document {
		return &Search{
			ID: anyID.Draw(t, "id"), By: anyID.Draw(t, "by"), Topic: anyText.Draw(t, "topic"), Purpose: Residency, At: anyTime.Draw(t, "at"),
			Found: []Found{{Person: anyID.Draw(t, "person"), Score: rapid.Int64().Draw(t, "score"), Reasons: anyReasons.Draw(t, "reasons")}},
		}
	}),
	KindDraft: rapid.Custom(func(t *rapid.T) Document {
		return &Draft{
			ID: anyID.Draw(t, "id"), By: anyID.Draw(t, "by"), Values: rapid.MapOfN(anyID, anyText, 0, 3).Draw(t, "values"),
			Then: chat.Ref{Route: "match.ask", ID: anyID.Draw(t, "then")}, At: anyTime.Draw(t, "at"),
		}
	}),
	KindRound: anyRound, KindEntrant: anyEntrant, KindSheet: anySheet, KindPlanPage: anyPlanPage,
	KindMatch: rapid.Custom(func(t *rapid.T) Document { return anyMatch.Draw(t, "match") }),
	KindDelivery: rapid.Custom(func(t *rapid.T) Document {
		return &Delivery{
			ID: anyID.Draw(t, "id"), To: anyID.Draw(t, "to"), Class: rapid.SampledFrom([]Class{Promised, Nudge}).Draw(t, "class"), Notice: noticeMet,
			Subject: Ref{KindMatch, anyID.Draw(t, "subject")}, NotBefore: anyTime.Draw(t, "not before"), Day: "2026-12-01", Until: anyTime.Draw(t, "until"),
			Progress: rapid.SampledFrom([]Progress{Planned, Trying, Sent, Dropped, Failed}).Draw(t, "progress"), Began: anyTime.Draw(t, "began"),
			Via: anyAccount.Draw(t, "via"), Settled: anyTime.Draw(t, "settled"), Posted: chat.Posted{Message: anyID.Draw(t, "message")},
		}
	}),
}

// anyMatch is a match in any state, with everything that states may bring.
var anyMatch = rapid.Custom(func(t *rapid.T) *Match {
	m := &Match{
		ID: anyID.Draw(t, "id"), Asker: "pa", Asked: "pb", Purpose: Seminar, Topic: anyText.Draw(t, "topic"), Reasons: anyReasons.Draw(t, "reasons"),
		State:   rapid.SampledFrom([]State{Asked, NotNow, Expired, Withdrawn, Introduced, Closed}).Draw(t, "state"),
		AskedAt: anyTime.Draw(t, "asked at"), Refused: rapid.Bool().Draw(t, "refused"),
		Done: rapid.SliceOfNDistinct(rapid.SampledFrom([]string{workNudge1, workNudge2, workMet, "day.1"}), 0, 3, rapid.ID).Draw(t, "done"),
	}
	switch m.State {
	case Asked:
		return m
	case Introduced, Closed:
		m.introduce(anyTime.Draw(t, "began"), map[string]string{"pa": "a@x", "pb": anyText.Draw(t, "contact")})
		if rapid.Bool().Draw(t, "meets") {
			at := anyTime.Draw(t, "start")
			m.offer([]time.Time{at})
			m.pick("pa", 0)
			m.agree(0, calendar.Pinned().WallAt(at, anyZone.Draw(t, "zone")), at.Add(-48*time.Hour))
			m.Met = map[string]Met{"pa": {Answer: MetLater, Why: "time", At: at}}
		}
	default:
		m.EndedAt = anyTime.Draw(t, "ended at")
	}
	return m
})

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// inside lets cmp look into values of the calendar, which compare by content.
var inside = cmp.Options{cmpopts.EquateEmpty(), cmp.Exporter(func(t reflect.Type) bool { return strings.HasSuffix(t.PkgPath(), "/calendar") })}

func TestDocumentsComeBackAsTheyWereKept(t *testing.T) {
	t.Parallel()
	for kind, generator := range documents {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				doc := generator.Draw(t, "document")
				w, err := write(doc, 7)
				if err != nil {
					t.Fatal(err)
				}
				back, err := decode(Record{Ref: doc.Ref(), Version: 8, Data: w.Data})
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(doc, back, inside); diff != "" {
					t.Errorf("decode(encode(%s)) differs (-kept +back):\n%s", doc.Ref(), diff)
				}
				if again, err := write(back, 7); err != nil || !reflect.DeepEqual(again, w) {
					t.Errorf("write(decode(write(d))) = %+v, %v; want the same as the first time, %+v", again, err, w)
				}
			})
		})
	}
}

// What is derived has no name twice, or the store would lose one of them.
func TestWhatIsDerivedHasEachNameOnce(t *testing.T) {
	t.Parallel()
	for kind, generator := range documents {
		rapid.Check(t, func(t *rapid.T) {
			doc := generator.Draw(t, "document")
			var names []string
			for _, w := range doc.Due() {
				names = append(names, w.Name)
			}
			slices.Sort(names)
			if len(slices.Compact(slices.Clone(names))) != len(names) {
				t.Errorf("Due() of a %s names work twice: %q", kind, names)
			}
			for _, w := range doc.Due() {
				if w.At.IsZero() {
					t.Errorf("Due() of a %s has %s at no time", kind, w.Name)
				}
			}
		})
	}
}

func TestADocumentOfANewerSchemaIsRefused(t *testing.T) {
	t.Parallel()
	data := must(json.Marshal(envelope{schema + 1, json.RawMessage(`{"id":"x"}`)}))
	if doc, err := decode(Record{Ref: Ref{KindLab, "x"}, Version: 1, Data: data}); err == nil || !strings.Contains(err.Error(), "schema 3 is newer than 2") {
		t.Errorf("decode(schema 3) = %v, %v; want a refusal that names both schemas", doc, err)
	}
}

func TestWhatCannotBeReadSaysWhichDocumentItIs(t *testing.T) {
	t.Parallel()
	for _, r := range []Record{
		{Ref: Ref{"talk", "x"}, Version: 1, Data: []byte(`{"s":1,"d":{}}`)},
		{Ref: Ref{KindLab, "x"}, Version: 1, Data: []byte(`{`)},
		{Ref: Ref{KindLab, "x"}, Version: 1, Data: []byte(`{"s":1,"d":{"id":3}}`)},
	} {
		if doc, err := decode(r); err == nil || !strings.Contains(err.Error(), r.Ref.String()) {
			t.Errorf("decode(%s) = %v, %v; want an error that names %s", r.Data, doc, err, r.Ref)
		}
	}
	if _, err := decodeAs[*Person](Record{Ref: Ref{KindLab, "x"}, Version: 1, Data: []byte(`{"s":1,"d":{}}`)}); err == nil {
		t.Error("decodeAs[*Person](a lab) = nil error, want a refusal")
	}
}

func TestReferencesReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ref := Ref{Kind(rapid.StringMatching(`[a-z]{1,9}`).Draw(t, "kind")), rapid.StringN(1, 30, -1).Draw(t, "id")}
		if back, err := ParseRef(ref.String()); err != nil || back != ref {
			t.Errorf("ParseRef(%q) = %v, %v; want %v", ref.String(), back, err, ref)
		}
	})
	for _, ref := range []Ref{{}, {KindLab, "x"}} {
		var back Ref
		if err := back.UnmarshalText(must(ref.MarshalText())); err != nil || back != ref {
			t.Errorf("UnmarshalText(MarshalText(%v)) = %v, %v; want the same", ref, back, err)
		}
	}
	for _, text := range []string{"", "lab", "lab:", ":x"} {
		if ref, err := ParseRef(text); err == nil {
			t.Errorf("ParseRef(%q) = %v, want an error", text, ref)
		}
	}
}

// A generator is named at the first list or map of what it makes, while another
// test may read its name: those that tests share are named before.
func init() { //nolint:gochecknoinits // a generator has no other beginning
	for _, shared := range []fmt.Stringer{anyText, anyID, anyTime, anyAccount, anyGrant, anySpeaker, anyMoment, anyTwosome, anyOverride} {
		_ = shared.String()
	}
}
