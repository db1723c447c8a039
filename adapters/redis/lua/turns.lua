-- A queue that is not empty has a turn: the right to handle its first event,
-- until it lapses.

-- holds tells whether a queue's turn has that token and has not lapsed.
local function holds(queue, token)
  local lapses = redis.call('ZSCORE', TURNS, queue)
  return lapses and tonumber(lapses) > now() and redis.call('HGET', HOLDERS, queue) == token
end

-- take gives a queue's turn away under a new token.
local function take(queue, lease)
  local token = int(redis.call('INCR', COUNTER))
  redis.call('ZADD', TURNS, after(lease), queue)
  redis.call('HSET', HOLDERS, queue, token)
  return token
end

-- leave removes the turn of a queue that is empty.
local function leave(queue)
  redis.call('ZREM', TURNS, queue)
  redis.call('HDEL', HOLDERS, queue)
end
