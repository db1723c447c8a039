package bot

import (
	"errors"

	"interlab/bot/chat"
)

// KindRules are what organisers decided for the whole network.
const KindRules Kind = "rules"

// rulesID is the id of the one document of rules.
const rulesID = "network"

// Rules are what organisers decided for the whole network. The zero value holds
// where they decided nothing.
type Rules struct {
	Approve bool `json:"approve,omitempty"` // an organiser approves each talk before it is announced
}

// Ref names the rules.
func (r *Rules) Ref() Ref { return Ref{KindRules, rulesID} }

// Entries is empty: the rules are read by name.
func (r *Rules) Entries() []Entry { return nil }

// Due is empty: nothing happens to rules by themselves.
func (r *Rules) Due() []Work { return nil }

func approvalRoutes() []route {
	return []route{
		{name: "admin.approval", show: chat.ShowPrivate, changes: true, do: (*request).setApproval},
		{name: "colloquium.approve", show: chat.ShowInPlace, changes: true, do: (*request).approve, subject: KindColloquium},
		{name: "colloquium.refuse", show: chat.ShowForm, form: (*request).refuseForm, subject: KindColloquium},
		{name: "colloquium.refuse.sent", show: chat.ShowPrivate, changes: true, do: (*request).refuseSent, check: checks("reason"), subject: KindColloquium},
	}
}

func approvalCommand() chat.Command {
	return chat.Command{
		Name: "approval", Summary: "Whether you approve talks first", Route: "admin.approval", Example: "admin approval wanted:yes",
		Args: []chat.Arg{{Name: "wanted", Summary: "before announcing", Kind: chat.ArgChoice, Choices: []string{answerYes, answerNo}, Required: true}},
	}
}

// rules are the network's.
func (a *App) rules(tx *Tx) (*Rules, error) {
	r, err := load[*Rules](tx, KindRules, rulesID)
	if errors.Is(err, errNotFound) {
		return &Rules{}, nil
	}
	return r, err
}

// wantsApproval reports whether an organiser is to approve talks.
func (a *App) wantsApproval(tx *Tx) (bool, error) {
	r, err := a.rules(tx)
	if err != nil {
		return false, err
	}
	return r.Approve, nil
}

func (rq *request) setApproval() (chat.Message, error) {
	if err := rq.may(Edit, Object{Kind: KindRules}, onlyOrganisers); err != nil {
		return chat.Message{}, err
	}
	r, err := rq.app.rules(rq.tx)
	if err != nil {
		return chat.Message{}, err
	}
	r.Approve = rq.args["wanted"] == answerYes
	rq.tx.put(r)
	if rq.fresh {
		rq.tx.put(rq.me) // organisers are asked, so they must be known
	}
	if r.Approve {
		return chat.Message{Body: []chat.Text{chat.T("From now on a talk is announced once an organiser has approved it. Organisers are asked in a direct message; your own talks go out at once.")}}, nil
	}
	return chat.Message{Body: []chat.Text{chat.T("From now on talks are announced at once. Those that wait for an approval go on waiting for it.")}}, nil
}

// askApproval shows a talk to an organiser.
func (a *App) askApproval(tx *Tx, c *Colloquium, to *Person) (chat.Message, error) {
	if c.State != Proposed || !c.Asking {
		return chat.Message{}, errMoot
	}
	m, err := a.announcement(tx, c)
	if err != nil {
		return m, err
	}
	m.Title = "Approve this talk? " + c.Title
	m.Fields[0].Value = chat.T(a.talkWhen(c, to))
	m.Fields = append(m.Fields[:whereField(m)], a.moreFields(c)...)
	if c.Part != nil {
		days, err := a.askedDays(tx, c, to)
		if err != nil {
			return m, err
		}
		m.Title, m.Body = "Approve this series? "+c.Title, append(m.Body, days)
	}
	m.Note = chat.T("It is announced in all labs once you or another organiser approves it.")
	m.Rows = []chat.Row{chat.NewRow(
		chat.Button{Label: "Approve", Ref: chat.Ref{Route: "colloquium.approve", ID: c.ID}, Tone: chat.Main},
		chat.Button{Label: "Not like this", Ref: chat.Ref{Route: "colloquium.refuse", ID: c.ID}},
	)}
	return m, nil
}

// undecided is the talk that the control names, for an organiser to decide about.
func (rq *request) undecided() (*Colloquium, error) {
	c, err := rq.talk()
	if err != nil {
		return nil, err
	}
	if err := rq.may(Settle, Object{Kind: KindColloquium}, onlyOrganisers); err != nil {
		return nil, err
	}
	if c.Part != nil && c.State != Proposed { // called off alone; the others may wait
		parts, err := rq.app.askedWith(rq.tx, c)
		if err != nil {
			return nil, err
		}
		if len(parts) > 0 {
			return parts[0], nil
		}
	}
	if c.State != Proposed || !c.Asking {
		return nil, denied("This talk is decided already, perhaps by another organiser. Nothing of yours was done.")
	}
	return c, nil
}

func (rq *request) approve() (chat.Message, error) {
	c, err := rq.undecided()
	if err != nil {
		return chat.Message{}, err
	}
	parts, err := rq.app.askedWith(rq.tx, c)
	if err != nil {
		return chat.Message{}, err
	}
	for _, part := range parts {
		part.Asking = false
		if err := rq.app.releasePart(rq.tx, part); err != nil {
			return chat.Message{}, err
		}
	}
	m := chat.Message{Title: "Approved: " + c.Title}
	if c.State == Proposed {
		m.Body = []chat.Text{chat.T("It is announced as soon as ", c.waitsFor(), ".")}
		return m, nil
	}
	m.Body = []chat.Text{chat.T("It is announced in all labs now, and whoever proposed it is told.")}
	if c.Part != nil {
		m.Body = []chat.Text{chat.T(capital(counted(len(parts), "talk is", "talks are")) + " announced in all labs, each posted two weeks before it takes place, and whoever proposed the series is told.")}
	}
	return m, rq.app.tellStaff(rq.tx, c, c.Proposer, noticeOut)
}

func (rq *request) refuseForm() (chat.Form, error) {
	_, err := rq.undecided()
	return chat.Form{
		Ref: controlRef(rq.event), Title: "Not like this", Submit: "Tell them",
		Fields: []chat.FormField{{Name: "reason", Label: "Why?", Hint: "Whoever proposed it reads it", Required: true, Max: maxReason}},
	}, err
}

func (rq *request) refuseSent() (chat.Message, error) {
	c, err := rq.undecided()
	if err != nil {
		return chat.Message{}, err
	}
	if problems := termsProblems(rq.args, "reason"); len(problems) > 0 {
		return fixCard(problems, chat.Ref{Route: "colloquium.refuse", ID: c.ID}), nil
	}
	parts, err := rq.app.askedWith(rq.tx, c)
	if err != nil {
		return chat.Message{}, err
	}
	return chat.Message{Title: "Not announced", Body: []chat.Text{chat.T("Whoever proposed ", chat.Strong(c.Title), " is told why.")}},
		rq.app.refuseAll(rq.tx, parts, rq.arg("reason"))
}
