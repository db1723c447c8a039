package bot

import (
	"errors"
	"slices"

	"interlab/bot/chat"
)

const (
	notTheirs   = "This is what somebody else follows. Nothing has changed."
	notFollowed = "You do not follow that any more, so nothing has changed. colloquium follow shows what you follow."
)

// mineFollowed is what the person follows, named by a control, with the number
// that the control carries.
func (rq *request) mineFollowed() (*Following, int, error) {
	id, place := rq.control()
	f, err := load[*Following](rq.tx, KindFollowing, id)
	if errors.Is(err, errNotFound) {
		return nil, 0, denied("%s", notFollowed)
	}
	if err != nil {
		return nil, 0, err
	}
	if err := rq.may(Edit, f.object(), notTheirs); err != nil {
		return nil, 0, err
	}
	if len(place) != 1 {
		return nil, 0, denied("%s", notFollowed)
	}
	return f, place[0], nil
}

// dropFollowed unfollows what a control names.
func (rq *request) dropFollowed() (chat.Message, error) {
	f, n, err := rq.mineFollowed()
	if err != nil {
		return chat.Message{}, err
	}
	i := f.numbered(n)
	if i < 0 {
		m, err := rq.followedCard(f, 0)
		m.Body = append(m.Body, chat.T("You do not follow that any more, so nothing has changed."))
		return m, err
	}
	return rq.unfollow(f, i)
}

// unfollow lets go of the i-th thing, and shows the rest.
func (rq *request) unfollow(f *Following, i int) (chat.Message, error) {
	name, err := rq.app.followedName(rq.tx, f.Things[i])
	if err != nil {
		return chat.Message{}, err
	}
	f.Things = slices.Delete(f.Things, i, i+1)
	rq.tx.put(f)
	m, err := rq.followedCard(f, i/followedPage)
	m.Body = append([]chat.Text{chat.T("You no longer follow ", chat.Strong(name), ".")}, m.Body...)
	return m, err
}

func (rq *request) unfollowTyped() (chat.Message, error) {
	f, err := rq.following()
	if err != nil {
		return chat.Message{}, err
	}
	i, named, err := rq.followedTyped(f)
	switch {
	case err != nil:
		return chat.Message{}, err
	case !named:
		return rq.listFollowed()
	case i < 0:
		return chat.Message{}, denied("You do not follow that, so nothing has changed. colloquium follow shows what you follow.")
	}
	return rq.unfollow(f, i)
}

// followedTyped is the place of what a line names among what the person follows,
// or -1. It is found as it was followed, though the lab or series may be gone.
func (rq *request) followedTyped(f *Following) (place int, named bool, err error) {
	for _, kind := range []FollowedKind{FollowTopic, FollowLab, FollowSeries} {
		text := chat.CleanLine(rq.args[string(kind)])
		if text == "" {
			continue
		}
		keys := rq.app.aliases.Keys(text)
		for i, t := range f.Things {
			name, err := rq.app.followedName(rq.tx, t)
			if err != nil {
				return -1, true, err
			}
			if t.Kind == kind && (fold(name) == fold(text) || kind == FollowTopic && common(t.Keys, keys)) {
				return i, true, nil
			}
		}
		return -1, true, nil
	}
	return -1, false, nil
}

// toggleFollowed changes whether new talks about one thing are told at once.
func (rq *request) toggleFollowed() (chat.Message, error) {
	f, n, err := rq.mineFollowed()
	if err != nil {
		return chat.Message{}, err
	}
	i := f.numbered(n)
	if i < 0 {
		return chat.Message{}, denied("%s", notFollowed)
	}
	f.Things[i].Now = !f.Things[i].Now
	rq.tx.put(f)
	return rq.followedCard(f, i/followedPage)
}

// toggleAll changes it for everything that the person follows.
func (rq *request) toggleAll() (chat.Message, error) {
	f, on, err := rq.mineFollowed()
	if err != nil {
		return chat.Message{}, err
	}
	for i := range f.Things {
		f.Things[i].Now = on == 1
	}
	rq.tx.put(f)
	return rq.followedCard(f, 0)
}
