package discordtest

import (
	"encoding/json"
	"net/http"
	"time"
)

// callback is the first answer to an interaction.
func (q *request) callback() error {
	i := q.interactions[q.r.PathValue("token")]
	switch {
	case i == nil || i.ID != q.r.PathValue("interaction"):
		return refuse(http.StatusNotFound, 10062, "Unknown interaction")
	case i.first != 0:
		return refuse(http.StatusBadRequest, 40060, "Interaction has already been acknowledged.")
	case time.Since(i.began) > q.patience:
		return refuse(http.StatusNotFound, 10062, "Unknown interaction")
	}
	var in struct {
		Type int             `json:"type"`
		Data json.RawMessage `json:"data"`
	}
	if err := q.decode(&in); err != nil {
		return err
	}
	if err := q.first(i, in.Type, in.Data); err != nil {
		return err
	}
	i.first = in.Type
	return nil
}

func (q *request) first(i *Interaction, kind int, data []byte) error {
	misfit := refuse(http.StatusBadRequest, 50035, "Invalid Form Body: type %d answers no interaction of type %d", kind, i.Kind)
	if (kind == 8) != (i.Kind == kindComplete) {
		return misfit
	}
	switch kind {
	case 4:
		inner := &request{Server: q.Server, r: q.r, body: data}
		var b Body
		if err := inner.readBody(&b); err != nil {
			return err
		}
		i.hidden = b.Flags&64 != 0
		q.reveal(i, b)
	case 5:
		var b Body
		_ = json.Unmarshal(data, &b)
		i.hidden = b.Flags&64 != 0
	case 6:
		if i.Message == "" {
			return misfit
		}
		i.original = i.Message
	case 8:
		return q.offer(i, data)
	case 9:
		return q.openModal(i, data, misfit)
	default:
		return misfit
	}
	return nil
}

func (q *request) offer(i *Interaction, data []byte) error {
	var in struct {
		Choices []struct{ Name, Value string } `json:"choices"`
	}
	if json.Unmarshal(data, &in) != nil || len(in.Choices) > 25 {
		return refuse(http.StatusBadRequest, 50035, "Invalid Form Body: choices")
	}
	i.choices = []string{}
	for _, c := range in.Choices {
		if !within(c.Name, 1, 100) || !within(c.Value, 1, 100) {
			return refuse(http.StatusBadRequest, 50035, "Invalid Form Body: choice")
		}
		i.choices = append(i.choices, c.Name)
	}
	return nil
}

func (q *request) openModal(i *Interaction, data []byte, misfit error) error {
	var m Modal
	if i.Kind == kindModal || json.Unmarshal(data, &m) != nil {
		return misfit
	}
	if faults := modalFaults(&m); len(faults) > 0 {
		q.tb.Logf("discordtest: refused: %v", faults)
		return refuse(http.StatusBadRequest, 50035, "Invalid Form Body: %v", faults)
	}
	i.modal = &m
	q.see(Sight{Interaction: i, Modal: &m})
	return nil
}

// reveal makes the answer to an interaction a message.
func (q *request) reveal(i *Interaction, b Body) *Message {
	c := q.channels[i.Spot.Channel]
	if c == nil {
		c = &Channel{ID: i.Spot.Channel, Guild: i.Spot.Guild}
	}
	to := c.Recipient
	if i.hidden {
		to = i.Spot.User
	}
	m := q.put(c, b, to, i.hidden)
	if i.original == "" {
		i.original = m.ID
	}
	q.see(Sight{Message: *m, Interaction: i})
	return m
}

// live is the interaction of the request's token, while it can be answered.
func (q *request) live() (*Interaction, error) {
	const life = 15 * time.Minute
	i := q.interactions[q.r.PathValue("token")]
	switch {
	case i == nil || i.first == 0:
		return nil, refuse(http.StatusNotFound, 10015, "Unknown Webhook")
	case q.now().Sub(i.at) > life:
		return nil, refuse(http.StatusUnauthorized, 50027, "Invalid Webhook Token")
	}
	return i, nil
}

func (q *request) followUp() error {
	i, err := q.live()
	if err != nil {
		return err
	}
	var b Body
	if err := q.readBody(&b); err != nil {
		return err
	}
	if i.first != 5 || i.original != "" {
		i.hidden = b.Flags&64 != 0 // else the visibility was fixed with the first answer
	}
	q.answer = q.reveal(i, b).wire()
	return nil
}

func (q *request) editAnswer() error {
	i, err := q.live()
	if err != nil {
		return err
	}
	if i.original == "" && i.first == 5 {
		var b Body
		if err := q.readBody(&b); err != nil {
			return err
		}
		q.answer = q.reveal(i, b).wire()
		return nil
	}
	m := q.messages[i.original]
	if m == nil {
		return refuse(http.StatusNotFound, 10008, "Unknown Message")
	}
	return q.change(m, i)
}

func (q *request) deleteAnswer() error {
	i, err := q.live()
	if err != nil {
		return err
	}
	delete(q.messages, i.original)
	i.original = "deleted"
	return nil
}
