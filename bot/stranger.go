package bot

import (
	"context"

	"interlab/bot/chat"
)

// ownHome is the home that somebody belongs to: that of their own workspace,
// even where they write from a channel that two organisations share.
func (rq *request) ownHome() (*Home, error) {
	where := rq.event.In.Home
	if team := rq.event.From.Team; team != "" && team != where.ID {
		where = chat.Home{Platform: rq.event.From.Platform, ID: team}
	}
	return homeAt(rq.tx, where)
}

// strange refuses whoever comes from a workspace that is no part of the
// network: a channel that is shared with it lets its people press our buttons.
func (rq *request) strange(own *Home) error {
	if team := rq.event.From.Team; team == "" || team == rq.event.In.Home.ID || own.ID != "" && own.Absent.IsZero() {
		return nil
	}
	return denied("I serve people of the workspaces that are part of this network, and yours is not. Nothing was done. Ask whoever runs this network to add me to your own workspace, and write to me there.")
}

// estranged refuses somebody known whose workspace has left the network since,
// where they press on in a channel that it shares with another one.
func (rq *request) estranged() error {
	if team := rq.event.From.Team; team == "" || team == rq.event.In.Home.ID {
		return nil
	}
	own, err := rq.ownHome()
	if err != nil {
		return err
	}
	return rq.strange(own)
}

// refuseGuest refuses to let guests of a workspace, and its bots, join, where the
// platform tells who is one: a guest is let into a channel, not into a network.
// Where the platform does not answer in time it tells nothing.
func (rq *request) refuseGuest() error {
	if rq.event.From.Team == "" {
		return nil // only workspaces have guests
	}
	if profile, ok := rq.app.platformProfile(rq.ctx, rq.event.From); ok && profile.Guest {
		return denied("You are a guest of this workspace, and only its members can join, so nothing was saved. Join from your own lab's workspace, or ask an administrator of this one to make you a member.")
	}
	return nil
}

// platformProfile is what a platform tells of an account, if it does.
func (a *App) platformProfile(ctx context.Context, who chat.Account) (chat.Profile, bool) {
	messenger, ok := a.messenger(who.Platform)
	if !ok {
		return chat.Profile{}, false
	}
	ctx, cancel := context.WithTimeout(ctx, profileTimeout)
	defer cancel()
	profile, err := messenger.Profile(ctx, who)
	return profile, err == nil
}
