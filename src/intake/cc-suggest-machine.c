/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hidden machine names beside the headers that people read. */
#include "cc-suggest-private.h"

#include <cc/base/cc-text.h>

#include <string.h>

#include "cc-header-private.h"

/* Fewest words of a machine name that are looked for in other headers: "Status" is in many. */
#define LEAST_WORDS 2

/* "prs_MailingPostalCode": " mailing postal code ", without the prefix that says of whom. */
static char *
split_name (const char *name)
{
  const char *mark = strchr (name, '_');
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *folded = NULL;

  for (const char *p = mark && mark - name <= 3 ? mark + 1 : name; *p; p++)
    {
      if (g_ascii_isupper (*p) && words->len > 0 && g_ascii_islower (p[-1]))
        g_string_append_c (words, ' ');
      g_string_append_c (words, *p);
    }
  folded = cc_text_fold (words->str);
  return g_strconcat (" ", folded, " ", NULL);
}

static gboolean
holds_words (const char *header, char *const *words)
{
  g_autofree char *folded = cc_text_fold (header);
  g_autofree char *spaced = g_strconcat (" ", folded, " ", NULL);

  for (guint i = 0; words[i]; i++)
    {
      g_autofree char *word = g_strconcat (" ", words[i], " ", NULL);

      if (!strstr (spaced, word))
        return FALSE;
    }
  return TRUE;
}

/**
 * cc_suggest_is_needless:
 *
 * Returns: whether the machine name spells the header and says that no statistic needs the column:
 *   "Status" alone may be that of a victim, but not under "cas_Status"
 */
gboolean
cc_suggest_is_needless (CcPack *pack, const CcInspectColumn *column)
{
  g_autofree char *name = NULL;
  g_autofree char *header = NULL;

  if (!column->machine || !column->label || !cc_header_is_ignored (pack, column->machine))
    return FALSE;
  name = split_name (column->machine);
  header = cc_text_fold (column->label);
  return g_str_equal (g_strstrip (name), header);
}

/* Whether a machine name spells out the header of another column and not its own, as where names
 * and headers were moved against each other. This needs no word of the pack, so it also tells of
 * columns that no statistic uses. */
static gboolean
spells_another (const CcInspectTable *table, const CcInspectColumn *column)
{
  g_autofree char *name = split_name (column->machine);
  g_auto (GStrv) words = g_strsplit (g_strstrip (name), " ", -1);

  if (g_strv_length (words) < LEAST_WORDS || holds_words (column->label, words))
    return FALSE;
  for (guint i = 0; i < table->columns->len; i++)
    {
      const CcInspectColumn *other = table->columns->pdata[i];

      if (other != column && other->label && holds_words (other->label, words))
        return TRUE;
    }
  return FALSE;
}

/* What a machine name means where its header means something else (htcds-mapping.md, T2). */
static char *
find_other_meaning (CcPack                *pack,
                    const CcInspectTable  *table,
                    const CcInspectColumn *column,
                    const char            *unit)
{
  g_autoptr (GArray) seen = cc_header_read (pack, column->leaf ? column->leaf : column->header);
  g_autoptr (GArray) machine = cc_header_read (pack, column->machine);
  const CcHeaderGuess *best = NULL;

  for (guint i = 0; i < machine->len; i++)
    {
      const CcHeaderGuess *a = &g_array_index (machine, CcHeaderGuess, i);

      if (a->score < CC_HEADER_ENOUGH)
        continue;
      if (!best)
        best = a;
      for (guint j = 0; j < seen->len; j++)
        {
          const CcHeaderGuess *b = &g_array_index (seen, CcHeaderGuess, j);

          if (b->variable == a->variable || g_str_equal (b->variable->name, a->variable->name))
            return NULL;
        }
    }
  if (best && seen->len > 0 && g_array_index (seen, CcHeaderGuess, 0).score >= CC_HEADER_ENOUGH)
    return cc_header_guess_to_text (pack, unit, best);
  if (!spells_another (table, column))
    return NULL;
  return best ? cc_header_guess_to_text (pack, unit, best) : g_strdup ("-");
}

/**
 * cc_suggest_machine:
 * @unit: the unit whose variables are meant
 *
 * Notes the columns of a table with a hidden machine row whose header and machine name mean
 * different things.
 */
void
cc_suggest_machine (CcInspectTable *table, CcPack *pack, const char *unit)
{
  gboolean any = FALSE, noted = FALSE;

  for (guint i = 0; i < table->columns->len; i++)
    {
      CcInspectColumn *column = table->columns->pdata[i];

      g_clear_pointer (&column->machine_suggestion, g_free);
      if (column->machine && column->label)
        column->machine_suggestion = find_other_meaning (pack, table, column, unit);
      any = any || column->machine_suggestion;
    }
  for (guint i = 0; i < table->notes->len; i++)
    noted = noted || g_str_equal (table->notes->pdata[i], "intake.note.machine-contradicts");
  if (any && !noted)
    g_ptr_array_add (table->notes, g_strdup ("intake.note.machine-contradicts"));
}
