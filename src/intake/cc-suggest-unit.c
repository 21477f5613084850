/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one row of a table is. */
#include "cc-suggest-private.h"

#include <cc/base/cc-text.h>
#include <cc/model/cc-words.h>

#include <string.h>

#include "cc-header-private.h"

/* What the name of a sheet adds: it decides between units whose columns fit about as well, and
 * never against the columns ("Suspects" above a list of victims with their exploitation). */
#define SHEET_NAME_WEIGHT 1.4

static const char *const table_units[] = { "victim", "perpetrator", "event" };

static void
free_guesses (gpointer data)
{
  g_array_unref (data);
}

static GArray *
read_column (CcPack *pack, const CcInspectColumn *column, const char **reason)
{
  GArray *guesses;

  *reason = "intake.reason.synonym";
  if (cc_suggest_is_needless (pack, column))
    return g_array_new (FALSE, FALSE, sizeof (CcHeaderGuess));
  /* Of several header rows the last one names the column; those above only group ("Dossier"), and
   * must not be taken for a second fact in the same cell. */
  if (column->leaf)
    {
      if (cc_header_is_ignored (pack, column->leaf))
        return g_array_new (FALSE, FALSE, sizeof (CcHeaderGuess));
      guesses = cc_header_read (pack, column->leaf);
      if (guesses->len > 0 && g_array_index (guesses, CcHeaderGuess, 0).score >= CC_HEADER_ENOUGH)
        return guesses;
      g_array_unref (guesses);
    }
  guesses = cc_header_read (pack, column->header);
  /* People type under the label they see; the machine name decides where the label says nothing
   * (htcds-mapping.md, trap T2). */
  if ((guesses->len == 0 || g_array_index (guesses, CcHeaderGuess, 0).score < CC_HEADER_ENOUGH)
      && column->machine)
    {
      g_autoptr (GArray) machine = cc_header_read (pack, column->machine);

      if (machine->len > 0)
        {
          g_array_unref (guesses);
          *reason = "intake.reason.machine";
          return g_steal_pointer (&machine);
        }
    }
  return guesses;
}

/**
 * cc_headers_read:
 *
 * Returns: (transfer full): what each header of the table may mean; read once, asked often
 */
CcHeaders *
cc_headers_read (CcPack *pack, const CcInspectTable *table)
{
  CcHeaders *self = g_new0 (CcHeaders, 1);

  self->guesses = g_ptr_array_new_with_free_func (free_guesses);
  self->reasons = g_new0 (const char *, table->columns->len + 1);
  for (guint i = 0; i < table->columns->len; i++)
    g_ptr_array_add (self->guesses,
                     read_column (pack, table->columns->pdata[i], &self->reasons[i]));
  return self;
}

void
cc_headers_free (CcHeaders *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->guesses);
  g_free (self->reasons);
  g_free (self);
}

gboolean
cc_variable_is_personal (const CcVariable *variable)
{
  return variable->type == CC_VARIABLE_AGE || g_str_equal (variable->name, "sex")
         || g_str_equal (variable->name, "full_name") || g_str_equal (variable->name, "family_name")
         || g_str_equal (variable->name, "given_name")
         || g_str_equal (variable->name, "citizenship")
         || g_str_equal (variable->name, "birth_date")
         || g_str_equal (variable->name, "agency_ref");
}

/* The table a person would take the header for instead. */
static const char *
rival_of (const char *unit)
{
  return g_str_equal (unit, "perpetrator") ? "victim" : "perpetrator";
}

/* How well the headers fit a table of `unit`. A header that the rival cannot have weighs more. */
static double
score_unit (CcHeaders *headers, const char *unit, guint *n_person)
{
  double score = 0;

  *n_person = 0;
  for (guint i = 0; i < headers->guesses->len; i++)
    {
      GArray  *guesses = headers->guesses->pdata[i];
      double   best = 0;
      gboolean others = FALSE;

      for (guint j = 0; j < guesses->len; j++)
        {
          CcHeaderGuess *guess = &g_array_index (guesses, CcHeaderGuess, j);
          int            rank = cc_unit_family_rank (unit, guess->unit);

          if (guess->score < CC_HEADER_ENOUGH)
            continue;
          others = others || cc_unit_family_rank (rival_of (unit), guess->unit) >= 0;
          if (rank < 0)
            continue;
          best = MAX (best, guess->score);
          *n_person += g_str_equal (guess->unit, unit) && cc_variable_is_personal (guess->variable);
        }
      score += others ? best : best * 1.5;
    }
  return score;
}

static const char *
find_sheet_unit (CcPack *pack, const char *sheet)
{
  g_autofree char *folded = cc_text_fold (sheet);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  for (guint u = 0; u < G_N_ELEMENTS (table_units); u++)
    {
      g_autofree char *kind = g_strconcat ("sheet-", table_units[u], NULL);

      if (cc_pack_match_token (pack, kind, sheet))
        return table_units[u];
    }
  for (guint u = 0; u < G_N_ELEMENTS (table_units); u++)
    {
      g_autofree char *kind = g_strconcat ("sheet-", table_units[u], NULL);

      for (guint i = 0; words[i]; i++)
        if (words[i][0] && cc_pack_match_token (pack, kind, words[i]))
          return table_units[u];
    }
  return NULL;
}

static gboolean
has_variable (CcHeaders *headers, const char *unit, const char *name)
{
  for (guint i = 0; i < headers->guesses->len; i++)
    {
      GArray *guesses = headers->guesses->pdata[i];

      for (guint j = 0; j < guesses->len; j++)
        {
          CcHeaderGuess *guess = &g_array_index (guesses, CcHeaderGuess, j);

          if (guess->score >= CC_HEADER_ENOUGH && g_str_equal (guess->unit, unit)
              && g_str_equal (guess->variable->name, name))
            return TRUE;
        }
    }
  return FALSE;
}

static gboolean
is_name (const CcVariable *variable)
{
  return g_str_equal (variable->name, "full_name") || g_str_equal (variable->name, "family_name");
}

/* A list of victims may name the accused in a column of its own. It is told by another column that
 * names people of no stated role, or counts victims, beside the one for the accused. */
static gboolean
names_accused_aside (CcHeaders *headers)
{
  gboolean general = FALSE, accused = FALSE;

  for (guint i = 0; i < headers->guesses->len; i++)
    {
      GArray  *guesses = headers->guesses->pdata[i];
      gboolean victim = FALSE, perpetrator = FALSE;

      for (guint j = 0; j < guesses->len; j++)
        {
          CcHeaderGuess *guess = &g_array_index (guesses, CcHeaderGuess, j);

          if (guess->score < CC_HEADER_ENOUGH)
            continue;
          if (is_name (guess->variable) && g_str_equal (guess->unit, "victim"))
            victim = TRUE;
          else if (is_name (guess->variable) && g_str_equal (guess->unit, "perpetrator"))
            perpetrator = TRUE;
          else if (g_str_equal (guess->variable->name, "victims_number"))
            victim = TRUE;
        }
      general = general || victim;
      accused = accused || (perpetrator && !victim);
    }
  return general && accused;
}

/**
 * cc_suggest_unit:
 *
 * Whom the rows are about: by the headers, and where those leave it open by the heading above the
 * table or the name of the sheet.
 */
void
cc_suggest_unit (CcInspectTable *table, CcPack *pack, CcHeaders *headers)
{
  const char *headed = table->heading ? find_sheet_unit (pack, table->heading) : NULL;
  const char *named = headed ? headed : find_sheet_unit (pack, table->sheet_name);
  double      best = 0;
  guint       n_person[3];
  double      scores[3];
  int         chosen = -1;

  for (guint u = 0; u < G_N_ELEMENTS (table_units); u++)
    {
      scores[u] = score_unit (headers, table_units[u], &n_person[u]);
      /* A table without one column about a person holds events. */
      if (u < 2 && n_person[u] == 0)
        scores[u] *= 0.5;
      if (u == 1 && names_accused_aside (headers))
        scores[u] *= 0.5;
      if (u == 2 && (n_person[0] > 1 || n_person[1] > 1))
        scores[u] *= 0.5;
      /* A sheet called "Cases" may still list one person in a row. */
      if (named && g_str_equal (named, table_units[u]) && scores[u] > 0
          && !(u == 2 && (n_person[0] > 1 || n_person[1] > 1)))
        scores[u] *= SHEET_NAME_WEIGHT;
      if (scores[u] > best)
        {
          best = scores[u];
          chosen = (int) u;
        }
    }
  if (chosen < 0 || best < 1.0)
    return;
  if (chosen == 0 && !named && n_person[0] < 2 && has_variable (headers, "event", "victims_number")
      && scores[2] > 0)
    chosen = 2;
  g_free (table->unit);
  table->unit = g_strdup (table_units[chosen]);
  g_ptr_array_add (table->notes,
                   g_strdup (named && !headed && g_str_equal (named, table_units[chosen])
                                 ? "intake.note.unit-by-sheet"
                                 : "intake.note.unit-by-headers"));
}
