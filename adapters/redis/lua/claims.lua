-- Work is named by its document's reference, '#' and its own name. It is in
-- one of three places: due, claimed or buried.

-- held tells whether work is claimed under that token and has not lapsed.
local function held(work, token)
  local lapses = redis.call('ZSCORE', LEASES, work)
  return lapses and tonumber(lapses) > now() and redis.call('HGET', TOKENS, work) == token
end

-- unclaim ends a claim.
local function unclaim(work)
  redis.call('ZREM', LEASES, work)
  redis.call('HDEL', TOKENS, work)
  redis.call('HDEL', SINCE, work)
end

-- forget removes work from everywhere.
local function forget(work)
  unclaim(work)
  redis.call('ZREM', DUE, work)
  redis.call('HDEL', TRIES, work)
  redis.call('ZREM', GRAVES, work)
  redis.call('HDEL', REASONS, work)
end

-- lapse makes work due again whose claim has lapsed, up to a bound that keeps
-- a call short; the next call goes on.
local function lapse()
  local lapsed = redis.call('ZRANGEBYSCORE', LEASES, '-inf', int(now()), 'LIMIT', 0, 1000)
  for _, work in ipairs(lapsed) do
    local at = redis.call('HGET', SINCE, work)
    unclaim(work)
    redis.call('ZADD', DUE, at, work)
  end
end
