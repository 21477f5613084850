/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/linkage/cc-letter-diff.h>

#include <stdlib.h>
#include <string.h>

/* Longer texts are no names; of them only what stands between a common beginning and a common end
 * is marked. */
#define MOST_LETTERS 240

/* Two texts that share less than this are different as a whole: marks scattered over a few letters
 * that meet by chance would only confuse. In hundredths. */
#define LEAST_LIKENESS 40

/* A letter as a reader sees it: a base with the marks that stand on it. */
typedef struct
{
  guint start;
  guint end;
  char *key; /* the letter without regard to capitals and to how it is encoded */
} Letter;

static void
clear_letter (gpointer data)
{
  g_free (((Letter *) data)->key);
}

static gboolean
is_regional (gunichar c)
{
  return c >= 0x1F1E6 && c <= 0x1F1FF;
}

/* Whether `c` belongs to the letter that ends with `before`: the rules of Unicode annex 29 that
 * matter for names (extending and spacing marks, joiners, flags, parts of Hangul syllables). */
static gboolean
continues_letter (gunichar before, gunichar c, guint n_regional)
{
  const gboolean leading = before >= 0x1100 && before <= 0x115F;
  const gboolean vowel = before >= 0x1160 && before <= 0x11A7;

  if (g_unichar_ismark (c) || c == 0x200D || c == 0x200C || (c >= 0x1F3FB && c <= 0x1F3FF))
    return TRUE;
  if (before == 0x200D && !g_unichar_isspace (c))
    return g_unichar_type (c) == G_UNICODE_OTHER_SYMBOL;
  if (is_regional (before) && is_regional (c))
    return n_regional % 2 == 1;
  if (leading)
    return c >= 0x1100 && c <= 0x11A7;
  return vowel && c >= 0x1160 && c <= 0x11FF;
}

static char *
make_key (const char *start, gsize length)
{
  g_autofree char *composed = g_utf8_normalize (start, (gssize) length, G_NORMALIZE_NFC);
  g_autofree char *folded = composed != NULL ? g_utf8_casefold (composed, -1) : NULL;

  return folded != NULL ? g_utf8_normalize (folded, -1, G_NORMALIZE_NFC)
                        : g_strndup (start, length);
}

static GArray *
split_letters (const char *text, guint from, guint to)
{
  GArray  *letters = g_array_new (FALSE, FALSE, sizeof (Letter));
  gunichar before = 0;
  guint    n_regional = 0;

  g_array_set_clear_func (letters, clear_letter);
  for (const char *at = text + from; at < text + to; at = g_utf8_next_char (at))
    {
      const gunichar c = g_utf8_get_char (at);
      const guint    start = (guint) (at - text);
      const guint    end = (guint) (g_utf8_next_char (at) - text);
      Letter         letter = { start, end, NULL };

      if (letters->len > 0 && continues_letter (before, c, n_regional))
        g_array_index (letters, Letter, letters->len - 1).end = end;
      else
        g_array_append_val (letters, letter);
      n_regional = is_regional (c) ? n_regional + 1 : 0;
      before = c;
    }
  for (guint i = 0; i < letters->len; i++)
    {
      Letter *letter = &g_array_index (letters, Letter, i);

      letter->key = make_key (text + letter->start, letter->end - letter->start);
    }
  return letters;
}

static gboolean
same_letter (GArray *a, guint i, GArray *b, guint j)
{
  return strcmp (g_array_index (a, Letter, i).key, g_array_index (b, Letter, j).key) == 0;
}

static void
mark (GArray *spans, GArray *letters, guint i)
{
  const Letter *letter = &g_array_index (letters, Letter, i);
  CcLetterSpan  span = { letter->start, letter->end };

  if (spans->len > 0 && g_array_index (spans, CcLetterSpan, spans->len - 1).end == span.start)
    g_array_index (spans, CcLetterSpan, spans->len - 1).end = span.end;
  else
    g_array_append_val (spans, span);
}

static void
mark_range (GArray *spans, GArray *letters, guint first, guint end)
{
  for (guint i = first; i < end; i++)
    mark (spans, letters, i);
}

/* The parts of two texts that are compared, by letters. */
typedef struct
{
  GArray *a;
  GArray *b;
  guint   first; /* letters that both begin with */
  guint   end_a; /* where the common end begins */
  guint   end_b;
} Middle;

static Middle
find_middle (GArray *a, GArray *b)
{
  Middle self = { a, b, 0, a->len, b->len };

  while (self.first < a->len && self.first < b->len && same_letter (a, self.first, b, self.first))
    self.first++;
  while (self.end_a > self.first && self.end_b > self.first
         && same_letter (a, self.end_a - 1, b, self.end_b - 1))
    {
      self.end_a--;
      self.end_b--;
    }
  return self;
}

/* Longest common subsequence of the middle; marks what is not in it. Returns its length. */
static guint
mark_middle (const Middle *self, GArray *spans_a, GArray *spans_b)
{
  const guint         n = self->end_a - self->first;
  const guint         m = self->end_b - self->first;
  g_autofree guint16 *lengths = NULL;
  guint               i = 0;
  guint               j = 0;

  if (n > MOST_LETTERS || m > MOST_LETTERS)
    {
      mark_range (spans_a, self->a, self->first, self->end_a);
      mark_range (spans_b, self->b, self->first, self->end_b);
      return 0;
    }
  lengths = g_new0 (guint16, (gsize) (n + 1) * (m + 1));
  for (guint x = n; x-- > 0;)
    for (guint y = m; y-- > 0;)
      {
        const guint16 below = lengths[(x + 1) * (m + 1) + y];
        const guint16 beside = lengths[x * (m + 1) + y + 1];

        lengths[x * (m + 1) + y] = same_letter (self->a, self->first + x, self->b, self->first + y)
                                       ? (guint16) (lengths[(x + 1) * (m + 1) + y + 1] + 1)
                                       : MAX (below, beside);
      }
  while (i < n && j < m)
    if (same_letter (self->a, self->first + i, self->b, self->first + j))
      {
        i++;
        j++;
      }
    else if (lengths[(i + 1) * (m + 1) + j] >= lengths[i * (m + 1) + j + 1])
      mark (spans_a, self->a, self->first + i++);
    else
      mark (spans_b, self->b, self->first + j++);
  mark_range (spans_a, self->a, self->first + i, self->end_a);
  mark_range (spans_b, self->b, self->first + j, self->end_b);
  return lengths[0];
}

/* Marks what differs in two stretches; returns their likeness in hundredths. */
static guint
diff_letters (GArray *a, GArray *b, GArray *spans_a, GArray *spans_b)
{
  const Middle middle = find_middle (a, b);
  const guint  marked_a = spans_a->len;
  const guint  marked_b = spans_b->len;
  guint        common = middle.first + (a->len - middle.end_a);
  guint        likeness;

  if (a->len + b->len == 0)
    return 100;
  common += mark_middle (&middle, spans_a, spans_b);
  likeness = 200 * common / (a->len + b->len);
  if (likeness < LEAST_LIKENESS)
    {
      g_array_set_size (spans_a, marked_a);
      g_array_set_size (spans_b, marked_b);
      mark_range (spans_a, a, 0, a->len);
      mark_range (spans_b, b, 0, b->len);
    }
  return likeness;
}

/**
 * cc_letter_equal:
 *
 * Returns: whether two texts have the same letters, without regard to capitals and encoding
 */
gboolean
cc_letter_equal (const char *a, const char *b)
{
  g_autofree char *x = make_key (a, strlen (a));
  g_autofree char *y = make_key (b, strlen (b));

  return strcmp (x, y) == 0;
}

/**
 * cc_letter_diff:
 * @a: valid UTF-8
 * @b: valid UTF-8
 * @spans_a: (element-type CcLetterSpan): what stands in @a and not in @b is added here, in order
 * @spans_b: (element-type CcLetterSpan): the other way round
 *
 * Compares two texts letter by letter (longest common subsequence of what a reader takes for one
 * letter: a base with its marks, in any script). Capitals and the way a letter is encoded make no
 * difference. Texts that have little in common are marked as a whole.
 *
 * Returns: how alike they are, 0 to 100
 */
guint
cc_letter_diff (const char *a, const char *b, GArray *spans_a, GArray *spans_b)
{
  g_autoptr (GArray) x = split_letters (a, 0, (guint) strlen (a));
  g_autoptr (GArray) y = split_letters (b, 0, (guint) strlen (b));

  return diff_letters (x, y, spans_a, spans_b);
}

static gboolean
parts_words (gunichar c)
{
  return g_unichar_isspace (c) || c == ',' || c == ';' || c == '-' || c == 0x060C;
}

static GArray *
split_words (const char *text)
{
  GArray     *words = g_array_new (FALSE, FALSE, sizeof (CcLetterSpan));
  const char *start = NULL;
  const char *at;

  for (at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      const gboolean parts = parts_words (g_utf8_get_char (at));

      if (parts && start != NULL)
        {
          CcLetterSpan word = { (guint) (start - text), (guint) (at - text) };

          g_array_append_val (words, word);
          start = NULL;
        }
      else if (!parts && start == NULL)
        start = at;
    }
  if (start != NULL)
    {
      CcLetterSpan word = { (guint) (start - text), (guint) (at - text) };

      g_array_append_val (words, word);
    }
  return words;
}

/* Words of two names set against each other. */
typedef struct
{
  guint a;
  guint b;
  guint likeness;
} Match;

static int
order_matches (gconstpointer x, gconstpointer y)
{
  const Match *m = x;
  const Match *n = y;

  if (m->likeness != n->likeness)
    return m->likeness > n->likeness ? -1 : 1;
  if (m->a != n->a)
    return m->a < n->a ? -1 : 1;
  return m->b < n->b ? -1 : m->b > n->b;
}

static guint
diff_words (const char  *a,
            CcLetterSpan word_a,
            const char  *b,
            CcLetterSpan word_b,
            GArray      *spans_a,
            GArray      *spans_b)
{
  g_autoptr (GArray) x = split_letters (a, word_a.start, word_a.end);
  g_autoptr (GArray) y = split_letters (b, word_b.start, word_b.end);

  return diff_letters (x, y, spans_a, spans_b);
}

static GArray *
match_words (const char *a, GArray *words_a, const char *b, GArray *words_b)
{
  GArray *matches = g_array_new (FALSE, FALSE, sizeof (Match));

  for (guint i = 0; i < words_a->len; i++)
    for (guint j = 0; j < words_b->len; j++)
      {
        g_autoptr (GArray) none_a = g_array_new (FALSE, FALSE, sizeof (CcLetterSpan));
        g_autoptr (GArray) none_b = g_array_new (FALSE, FALSE, sizeof (CcLetterSpan));
        Match match = { i, j, 0 };

        match.likeness = diff_words (a, g_array_index (words_a, CcLetterSpan, i), b,
                                     g_array_index (words_b, CcLetterSpan, j), none_a, none_b);
        if (match.likeness >= LEAST_LIKENESS)
          g_array_append_val (matches, match);
      }
  g_array_sort (matches, order_matches);
  return matches;
}

static int
order_spans (gconstpointer x, gconstpointer y)
{
  const CcLetterSpan *a = x;
  const CcLetterSpan *b = y;

  return a->start < b->start ? -1 : a->start > b->start;
}

/**
 * cc_letter_spans_merge:
 * @spans: (element-type CcLetterSpan): put in order; what overlaps or touches becomes one
 */
void
cc_letter_spans_merge (GArray *spans)
{
  guint n = 0;

  g_array_sort (spans, order_spans);
  for (guint i = 0; i < spans->len; i++)
    {
      const CcLetterSpan span = g_array_index (spans, CcLetterSpan, i);

      if (n > 0 && g_array_index (spans, CcLetterSpan, n - 1).end >= span.start)
        {
          CcLetterSpan *last = &g_array_index (spans, CcLetterSpan, n - 1);

          last->end = MAX (last->end, span.end);
        }
      else
        g_array_index (spans, CcLetterSpan, n++) = span;
    }
  g_array_set_size (spans, n);
}

/**
 * cc_letter_diff_words:
 * @a: valid UTF-8
 * @b: valid UTF-8
 * @spans_a: (element-type CcLetterSpan): what differs in @a is added
 * @spans_b: (element-type CcLetterSpan): what differs in @b is added
 *
 * As cc_letter_diff(), for names, whose words come in any order: each word is set against the word
 * of the other name that it resembles most; a word without a match is marked as a whole.
 */
void
cc_letter_diff_words (const char *a, const char *b, GArray *spans_a, GArray *spans_b)
{
  g_autoptr (GArray) words_a = split_words (a);
  g_autoptr (GArray) words_b = split_words (b);
  g_autoptr (GArray) matches = match_words (a, words_a, b, words_b);
  g_autofree gboolean *taken_a = g_new0 (gboolean, words_a->len + 1);
  g_autofree gboolean *taken_b = g_new0 (gboolean, words_b->len + 1);

  for (guint i = 0; i < matches->len; i++)
    {
      const Match match = g_array_index (matches, Match, i);

      if (taken_a[match.a] || taken_b[match.b])
        continue;
      taken_a[match.a] = taken_b[match.b] = TRUE;
      diff_words (a, g_array_index (words_a, CcLetterSpan, match.a), b,
                  g_array_index (words_b, CcLetterSpan, match.b), spans_a, spans_b);
    }
  for (guint i = 0; i < words_a->len; i++)
    if (!taken_a[i])
      g_array_append_val (spans_a, g_array_index (words_a, CcLetterSpan, i));
  for (guint i = 0; i < words_b->len; i++)
    if (!taken_b[i])
      g_array_append_val (spans_b, g_array_index (words_b, CcLetterSpan, i));
  cc_letter_spans_merge (spans_a);
  cc_letter_spans_merge (spans_b);
}
