-- next
-- Answers {} or {at}: when the first work that nobody holds is due. Claims that
-- have lapsed hold nothing.
lapse()
local first = redis.call('ZRANGE', DUE, 0, 0, 'WITHSCORES')
return {first[2]}
