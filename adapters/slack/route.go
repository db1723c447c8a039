package slack

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

// arrival is what an envelope says, for the core or for the adapter itself.
type arrival struct {
	event   chat.Event // without Input where nothing is for the core
	trigger string     // opens a form, within three seconds
	way     way
	form    []string     // the input blocks of a submitted form
	opened  chat.Account // whose home view opened
	revoked bool         // the workspace has thrown the bot out
}

// content is the payload of an envelope: slash, interaction or outerEvent.
type content interface {
	// of is the team it belongs to; home's own where only the person's is told.
	of(home chat.Home) string
	arrival(e envelope, home chat.Home, bot string, now time.Time) (arrival, error)
}

func (in slash) of(chat.Home) string            { return in.Team }
func (in interaction) of(home chat.Home) string { return home.ID }
func (in outerEvent) of(chat.Home) string       { return in.Team }

func (e envelope) content() (content, error) {
	switch e.Type {
	case envelopeSlash:
		return payload[slash](e)
	case envelopeInteractive:
		return payload[interaction](e)
	case envelopeEvents:
		return payload[outerEvent](e)
	}
	return nil, fmt.Errorf("envelope of type %.40q", e.Type)
}

// route turns an envelope of a workspace into an arrival, and refuses one of
// another workspace. bot is the bot's own user there. An arrival without
// anything is one that nobody waits for.
func route(e envelope, home chat.Home, bot string, now time.Time) (arrival, error) {
	in, err := e.content()
	switch {
	case err != nil:
		return arrival{}, err
	case in.of(home) != home.ID:
		return arrival{}, fmt.Errorf("envelope of workspace %.20q", in.of(home))
	}
	return in.arrival(e, home, bot, now)
}

func (in slash) arrival(e envelope, home chat.Home, _ string, now time.Time) (arrival, error) {
	w := way{URL: in.ResponseURL, Ephemeral: true, Place: placed(home, in.Channel).Channel}
	return arrival{trigger: in.Trigger, way: w, event: chat.Event{
		ID: eventID(home, in.Trigger, e.ID), At: now, From: person(home.ID, in.User), Name: in.UserName,
		In: placed(home, in.Channel), Handle: w.handle(now), Input: chat.Line{Text: typed(in.Text, home.ID)},
	}}, nil
}

func (in interaction) arrival(e envelope, home chat.Home, _ string, now time.Time) (arrival, error) {
	a := arrival{trigger: in.Trigger, event: chat.Event{
		ID: eventID(home, in.Trigger, e.ID), At: now, From: person(cmp.Or(in.User.Team, home.ID), in.User.ID), Name: in.User.Name,
	}}
	var err error
	switch in.Type {
	case "block_actions":
		err = in.press(&a, home)
	case "view_submission":
		err = in.submit(&a, home)
	default:
		err = fmt.Errorf("interaction of type %.40q", in.Type)
	}
	a.event.Handle = a.way.handle(now)
	return a, err
}

// press is what somebody pressed. A payload has one action; where it ever had
// more, the first is what was pressed.
func (in interaction) press(a *arrival, home chat.Home) error {
	if len(in.Actions) == 0 {
		return errors.New("press without an action")
	}
	c, pressed := in.Container, in.Actions[0]
	a.event.In = placed(home, c.Channel)
	a.way = way{
		URL: in.ResponseURL, Ephemeral: c.Ephemeral, Channel: c.Channel, Message: c.Message,
		Place: a.event.In.Channel, Home: c.Type == "view",
	}
	ref, err := chat.ParseRef(pressed.ID)
	if err != nil {
		return errors.New("a control of nobody's")
	}
	press := chat.Press{Ref: ref, On: a.way.posted(home)}
	if chosen := pressed.Selected.Value; chosen != "" {
		press.Values = []string{chosen}
	}
	a.event.Input = press
	return nil
}

// submit is what somebody filled in. It is answered as what opened the form.
func (in interaction) submit(a *arrival, home chat.Home) error {
	ref, err := chat.ParseRef(in.View.Callback)
	if err != nil {
		return errors.New("a form of nobody's")
	}
	a.way = desk.FromToken[way](in.View.Private)
	a.event.In = chat.Place{Home: home, Channel: a.way.Place}
	values := map[string]string{}
	for name, actions := range in.View.State.Values {
		values[name] = cmp.Or(actions[fieldAction].Selected.Value, actions[fieldAction].Value)
	}
	for _, block := range in.View.Blocks {
		if block.Type == "input" {
			a.form = append(a.form, block.ID)
		}
	}
	a.event.Input = chat.Submission{Ref: ref, Values: values, On: a.way.posted(home)}
	return nil
}

// arrival is empty for what is nobody's line: other bots, edits, joins of others.
func (in outerEvent) arrival(e envelope, home chat.Home, bot string, now time.Time) (arrival, error) {
	ev := in.Event
	from := person(cmp.Or(ev.UserTeam, home.ID), ev.User)
	a := arrival{event: chat.Event{ID: eventID(home, in.ID, e.ID), At: now, From: from, In: placed(home, ev.channel())}}
	a.way = way{Place: a.event.In.Channel}
	a.event.Handle = chat.Handle{Token: desk.Token(a.way)}
	happening := func(what chat.What, by string) {
		a.event.From, a.event.Input = chat.Account{Platform: Platform}, chat.Happening{What: what}
		if by != "" {
			a.event.From = person(home.ID, by)
		}
	}
	switch ev.Type {
	case "message":
		if ev.ChannelType == "im" && ev.Bot == "" && ev.User != "" && ev.User != bot && (ev.Subtype == "" || ev.Subtype == "file_share") {
			a.event.Input = chat.Line{Text: typed(ev.Text, home.ID)}
		}
	case "app_home_opened":
		if ev.Tab == "home" {
			a.opened = from
		}
	case "member_joined_channel":
		if ev.User == bot {
			happening(chat.BotAdded, ev.Inviter)
		}
	case "channel_left", "group_left":
		happening(chat.BotRemoved, "")
	case "channel_archive", "channel_deleted", "group_archive", "group_deleted":
		happening(chat.ChannelGone, "")
	case "app_uninstalled", "tokens_revoked":
		if ev.Type == "app_uninstalled" || len(ev.Tokens.Bot) > 0 {
			a.event.In.Channel, a.revoked = "", true
			happening(chat.BotRemoved, "")
		}
	}
	return a, nil
}

// person is an account of its own workspace: in a channel that two organisations
// share, people of the other one press our buttons too.
func person(team, user string) chat.Account {
	return chat.Account{Platform: Platform, Team: team, User: user}
}

// eventID is the same for every delivery of one thing that happened: the
// event's id, or the trigger's, whose digest opens nothing. An envelope's id is
// another one at every try, and the last resort.
func eventID(home chat.Home, id, envelope string) string {
	sum := sha256.Sum256([]byte(cmp.Or(id, envelope)))
	return home.String() + ":" + hex.EncodeToString(sum[:12])
}
