package chat

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestAccountsAreReadBackAsWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		account, home := genAccount().Draw(t, "account"), genHome().Draw(t, "home")
		if got, err := ParseAccount(account.String()); err != nil || got != account {
			t.Errorf("ParseAccount(%q) = %+v, %v, want %+v", account, got, err, account)
		}
		if got, err := ParseHome(home.String()); err != nil || got != home {
			t.Errorf("ParseHome(%q) = %+v, %v, want %+v", home, got, err, home)
		}
		data, err := json.Marshal(account)
		var got Account
		if err := errors.Join(err, json.Unmarshal(data, &got)); err != nil || got != account {
			t.Errorf("Unmarshal(%s) = %+v, %v, want %+v", data, got, err, account)
		}
	})
}

func TestForgedAccountsAreRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", ":", "p", "p:", ":u", "p:/", "p:t/", "p:/u", "p:a/b/c", "p:a:b", "p:a b", "p:a\nb", "p:ü", "p q:u",
		"p:t/u\x00", "p/t:u", "p:\x7f",
	} {
		if got, err := ParseAccount(text); !errors.Is(err, ErrAccount) || !got.IsZero() {
			t.Errorf("ParseAccount(%q) = %+v, %v, want ErrAccount", text, got, err)
		}
	}
	for _, text := range []string{"", ":", "p", "p:", ":h", "p:a/b", "p:a:b", "p:a b", "p:é"} {
		if got, err := ParseHome(text); !errors.Is(err, ErrAccount) || !got.IsZero() {
			t.Errorf("ParseHome(%q) = %+v, %v, want ErrAccount", text, got, err)
		}
	}
}

func TestPlaceWithoutChannelIsDirect(t *testing.T) {
	t.Parallel()
	if !(Place{}).Direct() || (Place{Channel: "C1"}).Direct() {
		t.Error("Direct() must be true without a channel and false with one")
	}
}

func FuzzParseAccount(f *testing.F) {
	f.Add("slack:T1/U1")
	f.Add("discord:42")
	f.Add("a:b/c/d")
	f.Fuzz(func(t *testing.T, text string) {
		account, err := ParseAccount(text)
		if err == nil && account.String() != text {
			t.Errorf("ParseAccount(%q).String() = %q, want the same", text, account)
		}
		home, err := ParseHome(text)
		if err == nil && home.String() != text {
			t.Errorf("ParseHome(%q).String() = %q, want the same", text, home)
		}
	})
}

func TestWhereAMessageLandedLeadsBackThere(t *testing.T) {
	t.Parallel()
	home := Home{Platform: "slack", ID: "T1"}
	for _, direct := range []bool{false, true} {
		at := home.Landed("C1", "17.25", direct)
		if channel, message := at.Address(); channel != "C1" || message != "17.25" || at.Place != home.In("C1", direct) || at.Place.Direct() != direct {
			t.Errorf("Landed(direct %t) = %+v, leads to %s in %s", direct, at, message, channel)
		}
	}
	for _, kept := range []string{"42/17", "42-17"} {
		if channel, message := (Posted{Message: kept}).Address(); channel != "42" || message != "17" {
			t.Errorf("Address of %q = %s, %s; want 42, 17", kept, channel, message)
		}
	}
}

func TestAHandleIsOverAfterItsEnd(t *testing.T) {
	t.Parallel()
	now := time.Unix(1000, 0)
	for end, want := range map[time.Time]bool{{}: false, now.Add(-1): true, now: false, now.Add(1): false} {
		if got := (Handle{Expires: end}).Over(now); got != want {
			t.Errorf("Over of a handle that ends at %v = %t at %v, want %t", end, got, now, want)
		}
	}
}

func TestARecipientIsAPersonOrAChannel(t *testing.T) {
	t.Parallel()
	closed := errors.New("closed")
	open := func(who Account) (string, error) {
		if who.User == "closed" {
			return "", closed
		}
		return "D-" + who.User, nil
	}
	for _, c := range []struct {
		to   Recipient
		want string
		err  error
	}{
		{Recipient{Place: Place{Channel: "C1"}}, "C1", nil},
		{Recipient{Account: Account{Platform: "p", User: "U1"}}, "D-U1", nil},
		{Recipient{Account: Account{Platform: "p", User: "closed"}}, "", closed},
	} {
		if got, err := c.to.Channel(open); got != c.want || !errors.Is(err, c.err) {
			t.Errorf("Channel of %+v = %q, %v; want %q, %v", c.to, got, err, c.want, c.err)
		}
	}
}
