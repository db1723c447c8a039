package bot

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"

	"interlab/bot/chat"
)

// What an operation answered is kept for eight days, for events that come twice.
// When somebody is forgotten, the answers that may show them lose their words, and
// no others: everybody else's repeats are answered as before.
//
// Whom an answer may show is known by what was read and written for it: a name,
// a word or an account comes out of a document, and every document with something
// of a person has their id. So an answer is about all whose ids were in what it was
// made of, be they shown or not: rather one answer too many is lost than one kept.
// What others typed about somebody in their own words is theirs, and stays.

// keptAnswer is an answer as it is kept.
type keptAnswer struct {
	// About are fingerprints of ids, in order: what is kept of an answer names nobody
	// by more than it says itself.
	About []byte `json:"about"`
	// All is set where there were too many to list: it goes with anybody.
	All  bool            `json:"all,omitempty"`
	Said json.RawMessage `json:"said"`
}

const (
	// markBytes is how long a fingerprint is. Two ids that share one cost an answer
	// its words now and then.
	markBytes = 4
	// mostMarks is how many an answer keeps: as many as two full lists of people in
	// talks have, in 16 KiB.
	mostMarks = 4096
)

// marks are fingerprints of the ids that an operation came across.
type marks map[uint32]struct{}

// idMark is the fingerprint of an id.
func idMark(id []byte) uint32 {
	h := fnv.New32a()
	h.Write(id)
	return h.Sum32()
}

// add takes in every id of some bytes: whatever looks like one. Nil marks take
// in nothing.
func (m marks) add(text []byte) {
	for m != nil && len(text) > 0 {
		n := bytes.IndexFunc(text, func(r rune) bool { return !ofID(r) })
		if n < 0 {
			n = len(text)
		}
		if n == idText.EncodedLen(idBytes) {
			m[idMark(text[:n])] = struct{}{}
		}
		text = text[min(n+1, len(text)):]
	}
}

// ofID reports whether ids are made of such letters.
func ofID(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }

// addAll takes in every id of documents that were read. A person's own document
// has nothing of others: whom they have blocked or asked shows only where those
// are read as well.
func (m marks) addAll(records []Record) {
	for _, r := range records {
		if m == nil {
			return
		}
		m.add([]byte(r.Ref.ID))
		if r.Ref.Kind != KindPerson {
			m.add(r.Data)
		}
	}
}

// keep is an answer in the form that is kept, with whom it is about.
func (m marks) keep(answer chat.Message, c Commit) ([]byte, error) {
	said, err := answer.Encode()
	if err != nil || m == nil {
		return said, err
	}
	for _, w := range c.Writes {
		m.addAll([]Record{{Ref: w.Ref, Data: w.Data}})
	}
	k := keptAnswer{Said: said}
	if k.All = len(m) > mostMarks; !k.All {
		for _, one := range slices.Sorted(maps.Keys(m)) {
			k.About = binary.BigEndian.AppendUint32(k.About, one)
		}
	}
	data, err := json.Marshal(k)
	if err != nil {
		return nil, fmt.Errorf("keep an answer: %w", err)
	}
	return data, nil
}

// about reports whether an answer may show somebody. One of which that is not
// known may.
func (k keptAnswer) about(ids []string) bool {
	if k.All || k.Said == nil || len(k.About)%markBytes != 0 {
		return true
	}
	return slices.ContainsFunc(ids, func(id string) bool {
		one := binary.BigEndian.AppendUint32(nil, idMark([]byte(id)))
		for i := 0; i < len(k.About); i += markBytes {
			if bytes.Equal(k.About[i:i+markBytes], one) {
				return true
			}
		}
		return false
	})
}

// forgotten is what takes the place of a kept answer once somebody with these ids
// is forgotten; nil where it stays. One that cannot be read may show anybody.
func forgotten(data []byte, ids []string) []byte {
	var k keptAnswer
	if bytes.Equal(data, forgottenAnswer) || json.Unmarshal(data, &k) == nil && !k.about(ids) {
		return nil
	}
	return forgottenAnswer
}

// forgetAnswers lets go of what was answered about somebody, or about whoever
// turned out to be them.
func (a *App) forgetAnswers(tx *Tx, p *Person) error {
	ids := append(slices.Clone(p.Was), p.ID)
	err := a.store.ForgetAnswers(tx.ctx, func(_ string, data []byte) []byte { return forgotten(data, ids) })
	if err != nil {
		return fmt.Errorf("forget kept answers: %w", err)
	}
	return nil
}

// decodeAnswer reads the answer that was kept with an operation.
func decodeAnswer(data []byte) (chat.Message, error) {
	var k keptAnswer
	var m chat.Message
	err := json.Unmarshal(data, &k)
	if err == nil && k.Said != nil {
		data = k.Said
	}
	if err := errors.Join(err, json.Unmarshal(data, &m)); err != nil {
		return chat.Message{}, fmt.Errorf("decode a kept answer: %w", err)
	}
	return m, nil
}

// forgottenAnswer is what a repeated event gets once its answer is forgotten.
var forgottenAnswer = encoded(chat.Message{Body: []chat.Text{chat.T("This was done before. What it said then is not kept any more.")}}.Encode()) //nolint:gochecknoglobals // a constant that must be encoded

// encoded is for constants: it panics at start where one cannot be encoded.
func encoded(data []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return data
}
