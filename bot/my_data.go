package bot

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"interlab/bot/chat"
)

func myDataRoutes() []route {
	return []route{{name: "profile.export", show: chat.ShowPrivate, do: (*request).exportMe}}
}

// myData is everything about a person, for the person.
type myData struct {
	Interlab string              `json:"interlab"` // "my data"
	At       time.Time           `json:"at"`
	Person   *Person             `json:"person"`
	Lab      string              `json:"lab,omitempty"` // its name
	Kept     map[Kind][]Document `json:"kept"`          // by kind: what the person takes part in
}

// othersOnly are indexes of what others did about a person, in private: whose
// searches showed them, and who keeps them away.
var othersOnly = map[string]bool{foundIn: true, blockedBy: true} //nolint:gochecknoglobals // a lookup table

// exportMe gives a person everything about them as a file.
func (rq *request) exportMe() (chat.Message, error) {
	if rq.fresh {
		return chat.Message{}, denied("I keep nothing about you yet.")
	}
	mine := myData{Interlab: "my data", At: rq.now, Person: rq.me, Kept: map[Kind][]Document{}}
	var err error
	if mine.Lab, err = rq.app.lab(rq.tx, rq.me.Lab); err != nil {
		return chat.Message{}, err
	}
	n, err := rq.gather(mine.Kept)
	if err != nil {
		return chat.Message{}, err
	}
	data, err := json.MarshalIndent(mine, "", "  ")
	if err != nil {
		return chat.Message{}, fmt.Errorf("export %s: %w", rq.me.ID, err)
	}
	return chat.Message{
		Title: "Everything that I keep about you",
		Body: []chat.Text{
			chat.T("The file has your profile and ", counted(n, "document", "documents"), " that you take part in, as JSON, a format that every program can read. Other people are random ids in it."),
			chat.T("Not in it is what others do about you in private, such as a no that they did not want to say aloud."),
		},
		Note:        chat.T("To have all of it deleted, type ", chat.Code(routeForgetTyped), "."),
		Attachments: []chat.Attachment{{Name: "interlab-my-data.json", Type: "application/json", Alt: "Everything that is kept about you, as JSON", Data: data}},
	}, nil
}

// routeForgetTyped is what is typed to be forgotten.
const routeForgetTyped = "profile forget"

// gather collects what a person takes part in and counts it.
func (rq *request) gather(kept map[Kind][]Document) (int, error) {
	seen := map[Ref]bool{}
	take := func(doc Document) {
		if !seen[doc.Ref()] {
			seen[doc.Ref()] = true
			kept[doc.Ref().Kind] = append(kept[doc.Ref().Kind], rq.mineOf(doc))
		}
	}
	for _, b := range belongings() {
		if othersOnly[b.index] {
			continue
		}
		docs, err := listAll[Document](rq.tx, b.index+rq.me.ID)
		if err != nil {
			return 0, err
		}
		for _, doc := range docs {
			take(doc)
		}
	}
	link, err := owner[*Link](rq.tx, linkOf(rq.me.ID))
	if err == nil {
		take(link)
	}
	if errors.Is(err, errNotFound) {
		err = nil
	}
	return len(seen), err
}
