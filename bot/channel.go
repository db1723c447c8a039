package bot

import (
	"slices"

	"interlab/bot/chat"
)

func channelRoutes() []route {
	return []route{{name: "admin.channel", show: chat.ShowPrivate, changes: true, do: (*request).setChannel}}
}

// announcing lists the homes that have an announcement channel.
const announcing = "home.announcing"

// noticeChannel says in a channel that colloquia are announced there.
const noticeChannel = "channel"

// setChannel makes the channel where this is typed or pressed the one where
// colloquia are announced in this home, and says so there.
func (rq *request) setChannel() (chat.Message, error) {
	in := rq.event.In
	if in.Direct() {
		return chat.Message{}, denied("Type this in the channel where talks should be announced: admin channel. Here between us nobody else would see them.")
	}
	home, err := rq.homeAt(in.Home)
	if err != nil {
		return chat.Message{}, err
	}
	if err := rq.mayAnnounceIn(home); err != nil {
		return chat.Message{}, err
	}
	if home.Announce == in {
		return chat.Message{Body: []chat.Text{chat.T("Talks are announced in this channel already.")}}, nil
	}
	moved := home.Announce != chat.Place{}
	home.Announce = in
	rq.tx.put(home)
	rq.app.say(rq.tx, Delivery{Place: in, Notice: noticeChannel, Subject: home.Ref()})
	m := chat.Message{
		Title: "Talks are announced here",
		Body:  []chat.Text{chat.T("From now on every talk that is open to all labs is announced in this channel. I say so here once; if you see nothing, add me to the channel and type this again.")},
		Note:  chat.T(chat.Code("colloquium list"), " shows the talks that were announced before."),
	}
	if moved {
		m.Body = append(m.Body, chat.T("The channel that was set before hears no new ones; what was posted there is kept up to date."))
	}
	return m, nil
}

// mayAnnounceIn refuses whoever neither organises nor leads a lab of the home.
// A lab that is named comes to live there first, which only organisers may say.
func (rq *request) mayAnnounceIn(home *Home) error {
	const refusal = "Only organisers and the leads of the labs that live here can choose the channel. Nothing has changed; ask one of them."
	if name := chat.CleanLine(rq.args["lab"]); name != "" {
		lab, err := rq.findLab(name)
		if err != nil {
			return err
		}
		if slices.Contains(home.Labs, lab.ID) {
			return rq.may(Edit, Object{Kind: KindHome, Lab: lab.ID}, refusal)
		}
		home.addLab(lab.ID)
		return rq.may(Edit, Object{Kind: KindHome}, refusal)
	}
	for _, lab := range home.Labs {
		if Can(rq.actor(), Edit, Object{Kind: KindHome, Lab: lab}) {
			return nil
		}
	}
	return rq.may(Edit, Object{Kind: KindHome}, refusal)
}

// announceCard says in a channel that talks are announced there.
func announceCard(home *Home, d *Delivery) (chat.Message, error) {
	if home.Announce != d.Place {
		return chat.Message{}, errMoot
	}
	return chat.Message{
		Title: "Talks of all labs are announced here",
		Body:  []chat.Text{chat.T("When a lab of this network gives a talk that is open to everybody, I post it in this channel. One press says that you come; times are shown in your own zone.")},
		Note:  chat.T("To see what is on, write to me: ", chat.Code("colloquium list"), "."),
	}, nil
}
