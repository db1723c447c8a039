package bot

import (
	"fmt"

	"interlab/bot/chat"
	"interlab/bot/exchange"
)

// showOnBoard says whether the public board names a lab; lab is nil where there
// is none of that name. Nobody's lab is named before one of its leads, or an
// organiser, said so.
func (rq *request) showOnBoard(lab *Lab, name string) (chat.Message, error) {
	if lab == nil {
		return chat.Message{}, denied("There is no lab called %s, so nothing was changed. admin lab lists them.", name)
	}
	if rq.args["rename"] != "" {
		return chat.Message{}, denied("Rename the lab first, and say in another command whether the public board names it. Nothing was changed.")
	}
	if err := rq.may(Edit, Object{Kind: KindLab, Lab: lab.ID}, "Whether the public board names "+lab.Name+" is for its leads and for organisers to say. Nothing has changed; ask one of them."); err != nil {
		return chat.Message{}, err
	}
	shown := rq.args["board"] == "yes"
	if lab.Public != shown {
		lab.Public = shown
		rq.tx.put(lab)
	}
	if !shown {
		return chat.Message{
			Title: lab.Name + " is not named on the public board",
			Body:  []chat.Text{chat.T("Its page there is gone within two minutes, and so are its row and its column among the labs. What others have copied until now I cannot take back.")},
			Note:  chat.T("To have it named again: ", chat.Code(boardCommand(lab, "yes"))),
		}, nil
	}
	m := chat.Message{
		Title: lab.Name + " is named on the public board",
		Body: []chat.Text{
			chat.T("Within two minutes everybody on the web can read its figures beside its name: how many goals went to and from each other lab that is named there, how many were reached and by when, how much is in use still, and what came of it that is open to all."),
			chat.T(fmt.Sprintf("No person and no text of an exchange is ever there and, but for the counts between two labs, no figure that rests on fewer than %d people. Exchanges with labs that are not named there are left out of its page.", exchange.Fewest)),
		},
		Note: chat.T("Take it back whenever you like: ", chat.Code(boardCommand(lab, "no"))),
	}
	if rq.app.public == "" {
		m.Body = append(m.Body, chat.T("This network has no pages on the web so far. This holds as soon as it has."))
		return m, nil
	}
	address := rq.app.public + "/board/lab/" + lab.ID
	m.Body = append(m.Body, chat.T("Its page: ", chat.Link{Label: address, URL: address}))
	return m, nil
}

func boardCommand(lab *Lab, say string) string {
	return `admin lab name:"` + lab.Name + `" board:` + say
}
