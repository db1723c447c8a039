package slack

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"interlab/bot/chat"
)

// restWait is the pause after a 429 that names none.
const restWait = 30 * time.Second

// gone are the errors after which a channel, a message or a person cannot be
// written to, now or later.
// https://docs.slack.dev/reference/methods/chat.postMessage#errors
var gone = []string{ //nolint:gochecknoglobals // a constant list
	"channel_not_found", "not_in_channel", "is_archived", "message_not_found", "cant_update_message", "edit_window_closed",
	"user_not_found", "users_not_found", "user_not_visible", "user_disabled", "user_not_in_channel", "cannot_dm_bot",
	"messages_tab_disabled", "invalid_user_combination", "method_not_supported_for_channel_type", "thread_not_found",
	"restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel", "team_not_found",
}

// failure is an error of the Web API as the core knows it: lost is what a place
// or a person that is not there is called. What it returns has no text of a
// message and no token in it.
func failure(err, lost error) error {
	var limited *slack.RateLimitedError
	var status slack.StatusCodeError
	var refusal slack.SlackErrorResponse
	var unsent *url.Error
	var unread *strconv.NumError // a pause that is no number; nothing else is read as one
	switch {
	case errors.As(err, &unread):
		return &chat.RetryAfter{Wait: restWait}
	case errors.As(err, &limited):
		return &chat.RetryAfter{Wait: max(limited.RetryAfter, time.Second)}
	case errors.As(err, &status) && status.Code == http.StatusTooManyRequests:
		return &chat.RetryAfter{Wait: restWait}
	case errors.As(err, &status):
		return fmt.Errorf("slack answered %d", status.Code)
	case errors.As(err, &refusal) && (refusal.Err == "ratelimited" || refusal.Err == "rate_limited"):
		return &chat.RetryAfter{Wait: restWait}
	case errors.As(err, &refusal) && slices.Contains(gone, refusal.Err):
		return fmt.Errorf("slack answered %s: %w", refusal.Err, lost)
	case errors.As(err, &refusal) && refusal.Needed != "":
		return fmt.Errorf("slack answered %.80s: the scope %.80s is missing", refusal.Err, refusal.Needed)
	case errors.As(err, &refusal):
		return fmt.Errorf("slack answered %.80s", refusal.Err)
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &unsent):
		return fmt.Errorf("slack was not reached: %w", unsent.Err) // without the address, which may be a secret
	}
	return errors.New("slack answered what is not understood") // the cause may cite the answer
}

// responseFailure is an error of a response_url, which answers 404 when it was
// used too often or is too old.
func responseFailure(err error) error {
	var status slack.StatusCodeError
	if errors.As(err, &status) && (status.Code == http.StatusNotFound || status.Code == http.StatusForbidden || status.Code == http.StatusGone) {
		return fmt.Errorf("its response_url: %w", chat.ErrGone)
	}
	return failure(err, chat.ErrGone)
}
