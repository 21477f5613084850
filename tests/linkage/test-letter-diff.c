/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/linkage/cc-letter-diff.h>

#include <locale.h>
#include <string.h>

/* The text with brackets around what is marked. */
static char *
show (const char *text, GArray *spans)
{
  GString *shown = g_string_new (NULL);
  guint    at = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      const CcLetterSpan *span = &g_array_index (spans, CcLetterSpan, i);

      g_assert_cmpuint (span->start, <, span->end);
      g_assert_cmpuint (at, <=, span->start);
      g_string_append_len (shown, text + at, span->start - at);
      g_string_append_c (shown, '[');
      g_string_append_len (shown, text + span->start, span->end - span->start);
      g_string_append_c (shown, ']');
      at = span->end;
    }
  g_string_append (shown, text + at);
  g_assert_true (g_utf8_validate (shown->str, -1, NULL));
  return g_string_free (shown, FALSE);
}

typedef struct
{
  const char *a;
  const char *b;
  const char *shown_a;
  const char *shown_b;
} Example;

static void
check (const Example *example, gboolean words)
{
  g_autoptr (GArray) a = g_array_new (FALSE, FALSE, sizeof (CcLetterSpan));
  g_autoptr (GArray) b = g_array_new (FALSE, FALSE, sizeof (CcLetterSpan));
  g_autofree char *shown_a = NULL;
  g_autofree char *shown_b = NULL;

  if (words)
    cc_letter_diff_words (example->a, example->b, a, b);
  else
    cc_letter_diff (example->a, example->b, a, b);
  shown_a = show (example->a, a);
  shown_b = show (example->b, b);
  g_assert_cmpstr (shown_a, ==, example->shown_a);
  g_assert_cmpstr (shown_b, ==, example->shown_b);
}

static void
test_letters (void)
{
  static const Example examples[] = {
    { "", "", "", "" },
    { "Awa", "", "[Awa]", "" },
    { "Fatou", "Fatou", "Fatou", "Fatou" },
    { "DIALLO", "Diallo", "DIALLO", "Diallo" },
    { "Diallo", "Jallow", "[Di]allo", "[J]allo[w]" },
    { "Fatou", "Fatoumata", "Fatou", "Fatou[mata]" },
    { "2003-05-12", "2003-05-21", "2003-05-[1]2", "2003-05-2[1]" },
    /* Nothing in common but a letter by chance. */
    { "Awa", "Bineta", "[Awa]", "[Bineta]" },
    /* A letter and its accent are one letter, however it is encoded. */
    { "Andr\303\251", "Andre\314\201", "Andr\303\251", "Andre\314\201" },
    { "Andr\303\251", "Andre", "Andr[\303\251]", "Andr[e]" },
    { "Andre\314\201", "Andre", "Andr[e\314\201]", "Andr[e]" },
    /* Arabic: a letter with its vowel sign is one letter. */
    { "محمد", "محمود", "محمد", "محم[و]د" },
    { "مَحمد", "محمد", "[مَ]حمد", "[م]حمد" },
    { "فاطمة", "فاطمه", "فاطم[ة]", "فاطم[ه]" },
    /* A flag and a joined picture are one letter each. */
    { "\360\237\207\270\360\237\207\263", "\360\237\207\270\360\237\207\261",
      "[\360\237\207\270\360\237\207\263]", "[\360\237\207\270\360\237\207\261]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    check (&examples[i], FALSE);
}

static void
test_words (void)
{
  static const Example examples[] = {
    { "Aminata Diallo", "DIALLO Aminata", "Aminata Diallo", "DIALLO Aminata" },
    { "Aminata Diallo", "Jallow Aminata", "Aminata [Di]allo", "[J]allo[w] Aminata" },
    { "Aminata Diallo", "Aminata Binta Diallo", "Aminata Diallo", "Aminata [Binta] Diallo" },
    { "Awa Sow", "Bineta Kane", "[Awa] [Sow]", "[Bineta] [Kane]" },
    { "فاطمة الزهراء", "الزهراء فاطمه", "فاطم[ة] الزهراء", "الزهراء فاطم[ه]" },
    { "", "Awa", "", "[Awa]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    check (&examples[i], TRUE);
}

/* Whatever is compared: marks are in order, lie within the text and leave the same letters; what is
 * equal has none. Long texts end in good time. */
static void
test_any (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  static const char *const letters[] = { "a", "b", "\303\251", "e\314\201", "م", "َ", " ", "-" };

  for (guint round = 0; round < 400; round++)
    {
      g_autoptr (GString) x = g_string_new (NULL);
      g_autoptr (GString) y = g_string_new (NULL);
      g_autoptr (GArray) a = g_array_new (FALSE, FALSE, sizeof (CcLetterSpan));
      g_autoptr (GArray) b = g_array_new (FALSE, FALSE, sizeof (CcLetterSpan));
      g_autofree char *shown = NULL;
      const guint      most = round % 50 == 0 ? 1500 : 20;

      for (guint i = 0; i < most; i++)
        {
          g_string_append (x, letters[g_rand_int_range (random, 0, G_N_ELEMENTS (letters))]);
          g_string_append (y, letters[g_rand_int_range (random, 0, G_N_ELEMENTS (letters))]);
        }
      if (round % 2 == 0)
        cc_letter_diff (x->str, y->str, a, b);
      else
        cc_letter_diff_words (x->str, y->str, a, b);
      shown = show (x->str, a);
      g_free (shown);
      shown = show (y->str, b);
      g_array_set_size (a, 0);
      g_array_set_size (b, 0);
      g_assert_cmpuint (cc_letter_diff (x->str, x->str, a, b), ==, 100);
      g_assert_cmpuint (a->len + b->len, ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter-diff/letters", test_letters);
  g_test_add_func ("/letter-diff/words", test_words);
  g_test_add_func ("/letter-diff/any", test_any);
  return g_test_run ();
}
