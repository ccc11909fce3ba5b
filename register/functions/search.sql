-- Words as they are searched: by their stem, without accents; the little ones left out. Positions are of no use here, and half of the size.
create or replace function search_vector(p_language text, p_text text)
returns tsvector language sql stable as $$
  select strip(to_tsvector(case p_language when 'en' then 'english'::regconfig else 'dutch'::regconfig end, unaccent(left(p_text, 200000))))
$$;

-- Brings documents up to date. Processes that do this at once take different cases.
-- in:  how many changes at most
-- out: how many there were
create or replace function index_for_search(p_limit integer)
returns integer language plpgsql as $$
declare
  behind uuid[];
  changes integer;
begin
  with gone as (
    delete from search_due where id in (select id from search_due order by id limit p_limit for update skip locked) returning case_id
  ) select count(*), array_agg(distinct case_id) into changes, behind from gone;
  if changes = 0 then return 0; end if;
  with found as (
    insert into search_documents (case_id, month, words)
    select c.id, search_month(c.opened_at),
      search_vector(c.language, concat_ws(' ', c.title, c.text, (select string_agg(v.value, ' ') from jsonb_each_text(c.values) v), p.name,
        (select string_agg(left(m.text, 20000), ' ') from case_messages l join messages m on m.id = l.message_id where l.case_id = c.id),
        (select string_agg(left(n.text, 20000), ' ') from notes n where n.case_id = c.id)))
      -- The reference is one word, however it is broken up; an address is one by itself.
      || array_to_tsvector(array_remove(array[lower(replace(c.reference, '-', '')), lower(replace(substr(c.reference, 4), '-', '')), lower(p.address)], null))
    from cases c left join people p on p.id = c.person_id where c.id = any (behind)
    on conflict (case_id) do update set words = excluded.words
    returning words
  )
  insert into search_words (word)
  -- Numbers and what is hardly a word are not taken for another.
  select distinct w from found, unnest(tsvector_to_array(words)) w where w ~ '^[[:alpha:]]{4,30}$' order by w
  on conflict do nothing;
  return changes;
end $$;

create or replace function search_month(p_at timestamptz)
returns integer language sql immutable as $$
  select (extract(year from p_at at time zone 'UTC') * 12 + extract(month from p_at at time zone 'UTC'))::integer
$$;

-- What is looked for: each word as it begins, in its stem, within compounds, or, where nobody wrote it so, as what looks like it.
-- in:  words, without blanks in them
-- out: null when nothing is looked for
create or replace function search_query(p_words text[])
returns tsquery language plpgsql stable as $$
declare
  given text;
  folded text;
  one tsquery;
  stems text[];
  alike text[];
  sought tsquery;
begin
  foreach given in array p_words loop
    folded := lower(unaccent(given));
    if folded ~ '^(sd-[0-9a-z]+|[0-9a-z]{4})(-[0-9a-z]{1,4})?$' then folded := replace(folded, '-', ''); end if;
    -- The little words of a language are in no document.
    if array_length(p_words, 1) > 1 and 0 in (numnode(plainto_tsquery('dutch', folded)), numnode(plainto_tsquery('english', folded))) then
      continue;
    end if;
    one := (quote_literal(folded) || ':*')::tsquery || plainto_tsquery('dutch', folded) || plainto_tsquery('english', folded);
    if folded ~ '^[[:alpha:]]{4,30}$' then
      stems := array(select s from unnest(tsvector_to_array(to_tsvector('dutch', folded) || to_tsvector('english', folded)) || folded) s where length(s) >= 4);
      -- Within a compound ("bureaulamp"); and only what nobody wrote is taken for mistyped.
      select array_agg(quote_literal(w.word)) into alike 
      from (select distinct w.word from unnest(stems) s join search_words w on w.word like '%' || s || '%' limit 30) w;
      if alike is null then
        select array_agg(quote_literal(w.word)) into alike from (
          (select w.word from unnest(stems) s join search_words w on w.word % s group by 1 order by max(similarity(w.word, s)) desc, w.word limit 6)
          union
          -- Two letters in the wrong order or one too many: short words have too few trigrams in common then.
          select w.word from unnest(stems) s cross join generate_series(1, length(s)) i
          join search_words w on w.word in (overlay(s placing '' from i for 1), overlay(s placing reverse(substr(s, i, 2)) from i for 2))
        ) w;
      end if;
      if alike is not null then one := one || array_to_string(alike, ' | ')::tsquery; end if;
    end if;
    sought := case when sought is null then one else sought && one end;
  end loop;
  return sought;
end $$;
