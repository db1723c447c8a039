-- What is derived from a document is {e = {index = score}, u = {index = '1'},
-- w = {work = milliseconds}}, written by Go and never by Lua: an empty table
-- has no faithful JSON here.

-- derived reads it; nothing is derived from a document that is not there.
local function derived(ref, text)
  if not text or text == '' then return {e = {}, u = {}, w = {}} end
  local ok, x = pcall(cjson.decode, text)
  if ok and type(x) == 'table' and type(x.e) == 'table'
    and type(x.u) == 'table' and type(x.w) == 'table' then
    return x
  end
  error('CORRUPT ' .. DOC .. ref, 0)
end

-- owner is whose a unique entry is, or false.
local function owner(index)
  return redis.call('HGET', UNIQUE, index)
end

-- file replaces a document's index entries.
local function file(ref, old, new)
  for index in pairs(old.e) do
    if not new.e[index] then redis.call('ZREM', INDEX .. index, ref) end
  end
  for index, score in pairs(new.e) do
    if old.e[index] ~= score then redis.call('ZADD', INDEX .. index, score, ref) end
  end
  -- Only what is still this document's is released: another document of the
  -- same commit may have taken it already.
  for index in pairs(old.u) do
    if not new.u[index] and owner(index) == ref then redis.call('HDEL', UNIQUE, index) end
  end
  for index in pairs(new.u) do redis.call('HSET', UNIQUE, index, ref) end
end

-- schedule replaces a document's due work. Work whose time stays the same is
-- left where it is, be it put off, claimed or buried.
local function schedule(ref, old, new)
  for name, at in pairs(old.w) do
    if new.w[name] ~= at then forget(ref .. '#' .. name) end
  end
  for name, at in pairs(new.w) do
    if old.w[name] ~= at then redis.call('ZADD', DUE, at, ref .. '#' .. name) end
  end
end
