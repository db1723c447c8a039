-- id is a reference without its kind.
local function id(ref)
  return string.match(ref, '^[^:]*:(.*)$') or ''
end

-- list appends the first documents of an index.
local function list(records, index, limit)
  for _, ref in ipairs(redis.call('ZRANGE', INDEX .. index, 0, limit - 1)) do
    add(records, ref)
  end
end

-- want answers one want: how is 'ref', 'unique' or 'list'.
local function want(how, name, below, limit)
  local records = {}
  if how == 'list' then
    list(records, name, limit)
    return records
  end
  local ref = name
  if how == 'unique' then ref = redis.call('HGET', UNIQUE, name) or '' end
  if below == '' then
    add(records, ref)
  elseif ref ~= '' and redis.call('EXISTS', DOC .. ref) == 1 then
    list(records, below .. id(ref), limit)
  end
  return records
end

-- wants answers the wants in ARGV from first on: how, name, then, limit each.
local function wants(first)
  local answers = {}
  for i = first, #ARGV, 4 do
    table.insert(answers, want(ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]))
  end
  return answers
end
