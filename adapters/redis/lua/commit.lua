-- commit attempt op keep answer work token at actor verb by refs length n
--   (ref, version)*n (ref, version, next, data, derived)...
-- op: '' for none; keep: for how long its answer is kept, in milliseconds.
-- work, token: the claim under which this is done; work is '' for none.
-- at, actor, verb, by, refs: the note; length: how many notes are kept.
-- version: what the document must have; next: what it gets, '0' deletes it.
-- Answers {'ok'}, {'done', answer}, {'lost'}, {'conflict', ref} or
-- {'taken', index, owner}.
local before = answered()
if before then return before end

local op, work = ARGV[2], ARGV[5]
local done = op ~= '' and redis.call('GET', OP .. op)
if done then return {'done', done} end
if work ~= '' and not held(work, ARGV[6]) then return {'lost'} end

local first = 14 + 2 * ARGV[13]
for i = 14, first - 1, 2 do
  if (redis.call('HGET', DOC .. ARGV[i], 'v') or '0') ~= ARGV[i + 1] then
    return {'conflict', ARGV[i]}
  end
end

local writes, released, taken = {}, {}, {}
for i = first, #ARGV, 5 do
  local ref = ARGV[i]
  local doc = redis.call('HMGET', DOC .. ref, 'v', 'x')
  if (doc[1] or '0') ~= ARGV[i + 1] then return {'conflict', ref} end
  local write = {ref = ref, next = ARGV[i + 2], data = ARGV[i + 3], x = ARGV[i + 4]}
  write.old, write.new = derived(ref, doc[2]), derived(ref, write.x)
  for index in pairs(write.old.u) do
    if not write.new.u[index] and owner(index) == ref then released[index] = true end
  end
  table.insert(writes, write)
end
for _, write in ipairs(writes) do
  for index in pairs(write.new.u) do
    local whose = taken[index] or (not released[index] and owner(index))
    if whose and whose ~= write.ref then return {'taken', index, whose} end
    taken[index] = write.ref
  end
end

for _, write in ipairs(writes) do
  if write.next == '0' then
    redis.call('DEL', DOC .. write.ref)
  else
    redis.call('HSET', DOC .. write.ref, 'v', write.next, 'd', write.data, 'x', write.x)
  end
  file(write.ref, write.old, write.new)
  schedule(write.ref, write.old, write.new)
end
local newest = redis.call('XREVRANGE', AUDIT, '+', '-', 'COUNT', 1)[1]
local number = newest and string.match(newest[1], '^%d+') or 0
redis.call('XADD', AUDIT, 'MAXLEN', '~', ARGV[12], int(number + 1) .. '-0',
  'at', ARGV[7], 'actor', ARGV[8], 'verb', ARGV[9], 'op', ARGV[10], 'refs', ARGV[11])
if op ~= '' then redis.call('SET', OP .. op, ARGV[4], 'PX', ARGV[3]) end
return remember({'ok'})
