package slack

import (
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/slack-go/slack"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

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
// or a person that is not there is called. No error stays none. What it returns has no text of a
// message and no token in it.
func failure(err, lost error) error {
	var limited *slack.RateLimitedError
	var status slack.StatusCodeError
	var refusal slack.SlackErrorResponse
	switch {
	case errors.As(err, &limited):
		return desk.Pause(limited.RetryAfter)
	case errors.As(err, &status):
		return fmt.Errorf("slack answered %d", status.Code)
	case !errors.As(err, &refusal):
		return desk.Failure(err)
	case refusal.Err == "ratelimited", refusal.Err == "rate_limited":
		return desk.Pause(0)
	case slices.Contains(gone, refusal.Err):
		return fmt.Errorf("slack answered %s: %w", refusal.Err, lost)
	case refusal.Needed != "":
		return fmt.Errorf("slack answered %.80s: the scope %.80s is missing", refusal.Err, refusal.Needed)
	}
	return fmt.Errorf("slack answered %.80s", refusal.Err)
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
