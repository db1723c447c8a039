package bot

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/bot/exchange/chart"
	"interlab/calendar"
)

// KindBulletin is the network's monthly post.
const KindBulletin Kind = "bulletin"

// bulletinID is the id of the one bulletin.
const bulletinID = "network"

// Bulletin posts once a month, in every announcement channel, three numbers, one
// chart and the stories that people agreed to. It does so only where organisers
// want it, and a month in which nothing happened has none.
type Bulletin struct {
	Wanted bool      `json:"wanted,omitempty"`
	Next   time.Time `json:"next,omitzero"` // when the month before is posted
	Fans   []Fan     `json:"fans,omitempty"`
	Fanned int       `json:"fanned,omitempty"` // fans begun
}

// Ref names the bulletin.
func (b *Bulletin) Ref() Ref { return Ref{KindBulletin, bulletinID} }

// Entries is empty: the bulletin is read by name.
func (b *Bulletin) Entries() []Entry { return nil }

// Due is the next month's post, and what is being told.
func (b *Bulletin) Due() []Work {
	var due []Work
	if b.Wanted && !b.Next.IsZero() {
		due = append(due, Work{fmt.Sprintf("%s.%s", workMonth, b.Next.UTC().Format("200601")), b.Next})
	}
	for _, f := range b.Fans {
		due = append(due, Work{f.work(), f.At})
	}
	return due
}

// workMonth begins a month's post; noticeMonth is the post, with the month behind
// the dot, as 202612.
const (
	workMonth   = "month"
	noticeMonth = "month"
)

// bulletinDay and bulletinHour are when a month is posted, in UTC: on the second
// day, when the first is over everywhere, in the working hours of most labs.
const (
	bulletinDay  = 2
	bulletinHour = 13
)

// afterMonth is when the month of a moment is posted.
func afterMonth(at time.Time) time.Time {
	at = at.UTC()
	return time.Date(at.Year(), at.Month()+1, bulletinDay, bulletinHour, 0, 0, 0, time.UTC)
}

func bulletinRoutes() []route {
	return []route{{name: "admin.bulletin", show: chat.ShowPrivate, changes: true, do: (*request).setBulletin}}
}

func bulletinCommand() chat.Command {
	return chat.Command{
		Name: "bulletin", Summary: "A post on what came of it each month", Route: "admin.bulletin", Example: "admin bulletin wanted:yes",
		Args: []chat.Arg{{Name: "wanted", Summary: "in all channels", Kind: chat.ArgChoice, Choices: []string{answerYes, answerNo}, Required: true}},
	}
}

// bulletin is the network's.
func (a *App) bulletin(tx *Tx) (*Bulletin, error) {
	b, err := load[*Bulletin](tx, KindBulletin, bulletinID)
	if errors.Is(err, errNotFound) {
		return &Bulletin{}, nil
	}
	return b, err
}

func (rq *request) setBulletin() (chat.Message, error) {
	if err := rq.may(Edit, Object{Kind: KindRules}, onlyOrganisers); err != nil {
		return chat.Message{}, err
	}
	b, err := rq.app.bulletin(rq.tx)
	if err != nil {
		return chat.Message{}, err
	}
	b.Wanted, b.Next = rq.args["wanted"] == answerYes, time.Time{}
	if b.Wanted {
		b.Next = afterMonth(rq.now)
	}
	rq.tx.put(b)
	if !b.Wanted {
		return chat.Message{Body: []chat.Text{chat.T("No monthly post goes out any more. What was posted stays.")}}, nil
	}
	return chat.Message{Body: []chat.Text{
		chat.T("On ", rq.app.when(b.Next, rq.me), " and every month from then on, I post in every announcement channel: three numbers, one chart, and the stories that both people of an exchange agreed to. A month in which nothing happened is left out."),
		chat.T("From now on, those who have completed an exchange find the button ", chat.Strong("Tell it as a story"), " on its card."),
	}}, nil
}

// bulletinWork begins a month's post, or tells the next page of one.
func (a *App) bulletinWork(tx *Tx, b *Bulletin, c Claim) error {
	tx.put(b)
	if baseName(c.Work) == workMonth {
		month := b.Next.UTC().AddDate(0, -1, 0)
		b.Next = afterMonth(b.Next)
		b.Fanned++
		b.Fans = append(b.Fans, Fan{N: b.Fanned, Over: overHomes, Notice: fmt.Sprintf("%s.%s", noticeMonth, month.Format("200601")), At: tx.now})
		return nil
	}
	i := slices.IndexFunc(b.Fans, func(f Fan) bool { return f.work() == c.Work })
	if i < 0 {
		return fmt.Errorf("bulletin: unknown work %q", c.Work)
	}
	b.Fans[i].Page++
	last, err := a.spreadHomes(tx, b.Ref(), &b.Fans[i])
	if last {
		b.Fans = slices.Delete(b.Fans, i, i+1)
	}
	return err
}

// renderBulletin is a month's post.
func (a *App) renderBulletin(tx *Tx, d *Delivery, _ *Person) (chat.Message, error) {
	name, number := noticeNumber(d.Notice)
	month, ok := monthsFrom(number/100, time.Month(number%100), 1)
	if name != noticeMonth || !ok {
		return chat.Message{}, unknownNotice(d)
	}
	h, err := a.holdings(tx, exchange.Scope{})
	if err != nil {
		return chat.Message{}, err
	}
	p, l := month.period(tx.now), a.ledger(h)
	stories, err := storiesIn(tx, p)
	if err != nil {
		return chat.Message{}, err
	}
	verified, begun, met := l.VerifiedFlow(p).Total(), l.People(p).Total(), metIn(l, p)
	if verified+begun+met+len(stories) == 0 {
		return chat.Message{}, errMoot
	}
	card := chat.Message{
		Title: "What came of it in " + monthName(month.first),
		Fields: []chat.Field{
			{Name: "Goals that the receiving lab verified", Value: chat.T(fmt.Sprint(verified))},
			{Name: "Visits that began", Value: chat.T(fmt.Sprint(begun))},
			{Name: "Introduced pairs that met", Value: chat.T(fmt.Sprint(met))},
		},
		Note: chat.T("For the figures of your own lab, type report lab."),
	}
	for _, story := range stories {
		card.Body = append(card.Body, chat.T(story))
	}
	return a.yearChart(card, h, l, p)
}

// yearChart adds the flow between labs in the twelve months that end with a
// period: one month alone has too little to show.
func (a *App) yearChart(card chat.Message, h holdings, l exchange.Ledger, p exchange.Period) (chat.Message, error) {
	p.From = p.To.AddDate(-1, 0, 0)
	names := map[string]string{}
	for _, lab := range h.labs {
		names[lab.ID] = lab.Name
	}
	picture := chart.Flow(l, p, names)
	if picture.Empty {
		return card, nil
	}
	data, err := picture.PNG()
	if err != nil {
		return chat.Message{}, err
	}
	card.Body = append(card.Body, chat.T("The last twelve months, from lab to lab:"), tableText(picture.Table))
	card.Attachments = []chat.Attachment{{Name: picture.Name + ".png", Type: "image/png", Alt: picture.Alt, Data: data}}
	return card, nil
}

// metIn is how many introduced pairs met for the first time within a period.
func metIn(l exchange.Ledger, p exchange.Period) int {
	n := 0
	for _, m := range l.Meetings {
		if p.Holds(m.Met) {
			n++
		}
	}
	return n
}

// monthName is the month of a day: "December 2026".
func monthName(d calendar.Date) string { return fmt.Sprintf("%s %d", d.Month(), d.Year()) }
