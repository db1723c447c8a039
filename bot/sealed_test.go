package bot

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"interlab/bot/seal"
)

// spy is a store that keeps one event and the answers, and lets a test look.
type spy struct {
	Store
	event   Inbound
	answers map[string][]byte
}

func (s *spy) Accept(_ context.Context, e Inbound, _ time.Duration, _ ...Want) (*Turn, bool, error) {
	s.event = e
	return &Turn{Event: e}, false, nil
}

func (s *spy) Settle(context.Context, *Turn, time.Duration) (*Turn, error) {
	return &Turn{Event: s.event}, nil
}

func (s *spy) Orphan(context.Context, time.Duration) (*Turn, error) {
	return &Turn{Event: s.event}, nil
}

func (s *spy) Commit(_ context.Context, c Commit) error {
	if before, ok := s.answers[c.Op]; ok {
		return &DoneError{Answer: before}
	}
	s.answers[c.Op] = c.Answer
	return nil
}

func (s *spy) Answer(_ context.Context, op string) ([]byte, bool, error) {
	a, ok := s.answers[op]
	return a, ok, nil
}

func (s *spy) ForgetAnswers(_ context.Context, instead func(op string, answer []byte) []byte) error {
	for op, a := range s.answers {
		if fresh := instead(op, a); fresh != nil {
			s.answers[op] = fresh
		}
	}
	return nil
}

func (s *spy) Reseal(_ context.Context, again func(answer bool, id string, data []byte) []byte) error {
	if fresh := again(false, s.event.ID, s.event.Data); fresh != nil {
		s.event.Data = fresh
	}
	for op, a := range s.answers {
		if fresh := again(true, op, a); fresh != nil {
			s.answers[op] = fresh
		}
	}
	return nil
}

func newSpy() *spy { return &spy{answers: map[string][]byte{}} }

// keyLine is a fresh key of a name.
func keyLine(t testing.TB, name string) string {
	t.Helper()
	line, err := seal.New(name, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return line
}

func keyRing(t testing.TB, lines ...string) *seal.Ring {
	t.Helper()
	ring, err := seal.Parse(strings.Join(lines, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

const whispered = "the code is 1234-5678"

// filled is a spy in which an event and an answer wait.
func filled(t *testing.T, ring *seal.Ring) *spy {
	t.Helper()
	under := newSpy()
	s := sealedIn(under, ring, zerolog.Nop())
	turn, _, err := s.Accept(t.Context(), Inbound{Queue: "slack:T/U", ID: "e1", Data: []byte(whispered)}, time.Minute)
	if err != nil || string(turn.Event.Data) != whispered {
		t.Fatalf("Accept() = %+v, %v", turn, err)
	}
	if err := s.Commit(t.Context(), Commit{Op: "op1", Answer: []byte(whispered)}); err != nil {
		t.Fatal(err)
	}
	return under
}

func TestTheStoreCannotReadWhatPassesThroughIt(t *testing.T) {
	t.Parallel()
	ring := keyRing(t, keyLine(t, "a"))
	under := filled(t, ring)
	if bytes.Contains(under.event.Data, []byte("1234")) || bytes.Contains(under.answers["op1"], []byte("1234")) {
		t.Error("what waits in the store can be read there")
	}
	s := sealedIn(under, ring, zerolog.Nop())
	for name, next := range map[string]func() (*Turn, error){
		"Settle": func() (*Turn, error) { return s.Settle(t.Context(), &Turn{}, time.Minute) },
		"Orphan": func() (*Turn, error) { return s.Orphan(t.Context(), time.Minute) },
	} {
		if turn, err := next(); err != nil || string(turn.Event.Data) != whispered {
			t.Errorf("%s() = %+v, %v; want what was accepted", name, turn, err)
		}
	}
	if a, done, err := s.Answer(t.Context(), "op1"); string(a) != whispered || !done || err != nil {
		t.Errorf("Answer() = %q, %v, %v", a, done, err)
	}
	var done *DoneError
	if err := s.Commit(t.Context(), Commit{Op: "op1", Answer: []byte("other")}); !errors.As(err, &done) || string(done.Answer) != whispered {
		t.Errorf("Commit() of what is done = %v, want the answer of then", err)
	}
	// An answer that is put under another operation is not believed.
	under.answers["op2"] = under.answers["op1"]
	if a, _, _ := s.Answer(t.Context(), "op2"); !bytes.Equal(a, forgottenAnswer) {
		t.Errorf("an answer of another operation is opened: %q", a)
	}
}

// A program from before there were keys has left what it left.
func TestWhatIsNotSealedIsReadAsItIs(t *testing.T) {
	t.Parallel()
	s := sealedIn(filled(t, nil), keyRing(t, keyLine(t, "a")), zerolog.Nop())
	if a, _, err := s.Answer(t.Context(), "op1"); string(a) != whispered || err != nil {
		t.Errorf("Answer() = %q, %v", a, err)
	}
	if turn, err := s.Orphan(t.Context(), time.Minute); string(turn.Event.Data) != whispered || err != nil {
		t.Errorf("Orphan() = %q, %v", turn.Event.Data, err)
	}
}

func TestWhoseKeyIsGoneIsKnownAsDoneAndNamedInTheLog(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	s := sealedIn(filled(t, keyRing(t, keyLine(t, "gone"))), keyRing(t, keyLine(t, "a")), zerolog.New(&log))
	if a, done, err := s.Answer(t.Context(), "op1"); !bytes.Equal(a, forgottenAnswer) || !done || err != nil {
		t.Errorf("Answer() = %q, %v, %v", a, done, err)
	}
	if turn, err := s.Settle(t.Context(), &Turn{}, time.Minute); turn.Event.Data != nil || err != nil {
		t.Errorf("Settle() = %q, %v; want no data", turn.Event.Data, err)
	}
	if !strings.Contains(log.String(), `"key":"gone"`) {
		t.Errorf("the log says %s", log.String())
	}
}

func TestResealingLeavesNothingUnderOldKeys(t *testing.T) {
	t.Parallel()
	old, fresh := keyLine(t, "old"), keyLine(t, "fresh")
	for name, begun := range map[string]*seal.Ring{"sealed": keyRing(t, old), "in the clear": nil, "already": keyRing(t, fresh)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			under := filled(t, begun)
			a := &App{store: sealedIn(under, keyRing(t, fresh, old), zerolog.Nop())}
			left, shut, err := a.Reseal(t.Context(), under)
			if err != nil || shut != 0 || len(left) != 1 || left["fresh"] != 2 {
				t.Errorf("Reseal() = %v, %d, %v; want 2 under fresh", left, shut, err)
			}
			a.store.ring.Store(keyRing(t, fresh))
			if got, _, err := a.store.Answer(t.Context(), "op1"); string(got) != whispered || err != nil {
				t.Errorf("Answer() without the old key = %q, %v", got, err)
			}
		})
	}
	under := filled(t, keyRing(t, keyLine(t, "gone")))
	a := &App{store: sealedIn(under, keyRing(t, fresh), zerolog.Nop())}
	if left, shut, err := a.Reseal(t.Context(), under); err != nil || shut != 2 || left["gone"] != 2 {
		t.Errorf("Reseal() without the key = %v, %d, %v; want both to stay", left, shut, err)
	}
	a = &App{store: sealedIn(under, nil, zerolog.Nop())}
	if left, shut, err := a.Reseal(t.Context(), under); err != nil || shut != 2 || left["gone"] != 2 {
		t.Errorf("Reseal() without any key = %v, %d, %v; want both to stay", left, shut, err)
	}
}

// Forgetting reads what is sealed, and seals what it puts there instead; what
// nobody can open goes as well.
func TestForgettingGoesThroughSeals(t *testing.T) {
	t.Parallel()
	ring := keyRing(t, keyLine(t, "a"))
	under := filled(t, ring)
	s := sealedIn(under, ring, zerolog.Nop())
	instead := func(_ string, answer []byte) []byte {
		if answer != nil && string(answer) != whispered {
			t.Errorf("forgetting is shown %q", answer)
		}
		return []byte("gone")
	}
	if err := s.ForgetAnswers(t.Context(), func(string, []byte) []byte { return nil }); err != nil {
		t.Fatal(err)
	}
	if a, _, err := s.Answer(t.Context(), "op1"); string(a) != whispered || err != nil {
		t.Errorf("Answer() of one that stays = %q, %v", a, err)
	}
	under.answers["op2"] = under.answers["op1"] // of another place: it cannot be opened
	if err := s.ForgetAnswers(t.Context(), instead); err != nil {
		t.Fatal(err)
	}
	for _, op := range []string{"op1", "op2"} {
		if a, done, err := s.Answer(t.Context(), op); string(a) != "gone" || !done || err != nil {
			t.Errorf("Answer(%s) = %q, %v, %v; want what stands instead", op, a, done, err)
		}
		if bytes.Contains(under.answers[op], []byte("gone")) {
			t.Errorf("%s is not sealed", op)
		}
	}
}
