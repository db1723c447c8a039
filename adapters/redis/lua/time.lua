-- int writes a whole number. Plain concatenation writes 1e14 as "1e+14".
local function int(number)
  return string.format('%.0f', number)
end

-- now is the store's time in milliseconds.
local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- after is that many milliseconds from now.
local function after(milliseconds)
  return int(now() + milliseconds)
end
