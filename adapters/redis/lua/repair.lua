-- repair attempt (ref, version, derived)...
-- Answers {'ok', n}: how many documents had lacked something or had too much.
local before = answered()
if before then return before end

-- same compares numbers that were written by different hands.
local function same(a, b)
  return a and tonumber(a) == tonumber(b)
end

-- rightful tells whether a unique entry's owner is there and still derives it.
local function rightful(whose, index)
  local x = redis.call('HGET', DOC .. whose, 'x')
  if not x then return false end
  local ok, old = pcall(derived, whose, x)
  return not ok or old.u[index] ~= nil
end

local function entries(ref, old, new)
  local wrong = false
  for index in pairs(old.e) do
    if not new.e[index] and redis.call('ZREM', INDEX .. index, ref) == 1 then wrong = true end
  end
  for index, score in pairs(new.e) do
    if not same(redis.call('ZSCORE', INDEX .. index, ref), score) then
      redis.call('ZADD', INDEX .. index, score, ref)
      wrong = true
    end
  end
  for index in pairs(old.u) do
    if not new.u[index] and owner(index) == ref then
      redis.call('HDEL', UNIQUE, index)
      wrong = true
    end
  end
  for index in pairs(new.u) do
    local whose = owner(index)
    if not whose or (whose ~= ref and not rightful(whose, index)) then
      redis.call('HSET', UNIQUE, index, ref)
      wrong = true
    end
  end
  return wrong
end

local function known(work)
  return redis.call('ZSCORE', DUE, work) or redis.call('ZSCORE', LEASES, work)
    or redis.call('ZSCORE', GRAVES, work)
end

local function works(ref, old, new)
  local wrong = false
  for name, at in pairs(old.w) do
    if new.w[name] ~= at then
      forget(ref .. '#' .. name)
      wrong = true
    end
  end
  for name, at in pairs(new.w) do
    if old.w[name] ~= at or not known(ref .. '#' .. name) then
      redis.call('ZADD', DUE, at, ref .. '#' .. name)
      wrong = true
    end
  end
  return wrong
end

local mended = 0
for i = 2, #ARGV, 3 do
  local ref, doc = ARGV[i], redis.call('HMGET', DOC .. ARGV[i], 'v', 'x')
  if doc[1] == ARGV[i + 1] then
    -- What was written beside the document may itself be what is broken.
    local ok, old = pcall(derived, ref, doc[2])
    if not ok then old = derived(ref, '') end
    local new = derived(ref, ARGV[i + 2])
    local misfiled, misscheduled = entries(ref, old, new), works(ref, old, new)
    if misfiled or misscheduled or not ok then mended = mended + 1 end
    redis.call('HSET', DOC .. ref, 'x', ARGV[i + 2])
  end
end
return remember({'ok', int(mended)})
