/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-file-private.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-key-file.h>
#include <cc/linkage/cc-review.h>

#include <stdlib.h>
#include <string.h>

#include "cc-link-model-private.h"

/* The words of the outcomes, by level; callers translate them. */

static const char *const left_words[] = { "", "-part", "-conflict" };

static char *
name_word (guint level)
{
  static const char *const one[] = { "one", "one-variant", "one-slip" };
  static const char *const two[] = { "several", "several-variant", "several-slip" };

  if (level >= CC_LINK_NAME_RELATIVES)
    return g_strdup ("family-only");
  if (level >= CC_LINK_NAME_TWO)
    return g_strconcat (two[(level - CC_LINK_NAME_TWO) / 3],
                        left_words[(level - CC_LINK_NAME_TWO) % 3], NULL);
  if (level >= CC_LINK_NAME_ONE)
    return g_strconcat (one[(level - CC_LINK_NAME_ONE) / 3],
                        left_words[(level - CC_LINK_NAME_ONE) % 3], NULL);
  return g_strdup ("none");
}

static const char *
birth_word (guint level)
{
  static const char *const days[] = {
    "equal",        "slip",      "two-parts",         "same-year",
    "year-off-one", "year-slip", "within-five-years", "conflict"
  };
  static const char *const others[] = { "equal",
                                        "slip",
                                        "same",
                                        "within-one-year",
                                        "within-two-years",
                                        "year-slip",
                                        "within-five-years",
                                        "conflict" };

  return level <= 8 ? days[level - 1] : others[(level - 1) % 8];
}

static const char *
column_word (CcLinkColumnKind kind, guint level)
{
  static const char *const simple[] = { "", "equal", "different" };
  static const char *const texts[] = {
    "", "same", "slip", "different", "same", "slip", "different"
  };
  static const char *const numbers[] = { "",     "equal",    "equal-shared", "equal-shared-by-many",
                                         "slip", "different" };

  switch (kind)
    {
    case CC_LINK_COLUMN_CODE:
    case CC_LINK_COLUMN_CITIZENSHIP:
      return simple[MIN (level, 2)];
    case CC_LINK_COLUMN_NUMBER:
    case CC_LINK_COLUMN_PHONE:
      return numbers[MIN (level, 5)];
    case CC_LINK_COLUMN_PLACE:
    case CC_LINK_COLUMN_TEXT:
    default:
      return texts[MIN (level, 6)];
    }
}

char *
cc_link_outcome_word (guint comparison, CcLinkColumnKind kind, guint level)
{
  static const char *const other[] = {
    "", "equal", "variant", "slip", "alias-is-name", "different"
  };
  static const char *const simple[] = { "", "equal", "different" };
  static const char *const source[] = { "", "same-own-number", "two-rows-of-one-case" };

  switch (comparison)
    {
    case CC_LINK_COMPARE_NAME:
      return name_word (level);
    case CC_LINK_COMPARE_BIRTH:
      return g_strdup (birth_word (level));
    case CC_LINK_COMPARE_ALIAS:
    case CC_LINK_COMPARE_FATHER:
      return g_strdup (other[MIN (level, 5)]);
    case CC_LINK_COMPARE_SEX:
      return g_strdup (simple[MIN (level, 2)]);
    case CC_LINK_COMPARE_SOURCE:
      return g_strdup (source[MIN (level, 2)]);
    default:
      return g_strdup (column_word (kind, level));
    }
}

/* The weight of a level in a model's text: m; then u;bits for each class of name agreement. */
static double
read_bits (CcKeyFile *model, const char *group, guint level, guint class)
{
  g_autofree char *key = g_strdup_printf ("level%u", level);
  const char      *text = cc_key_file_get (model, group, key);
  g_auto (GStrv) parts = text ? g_strsplit (text, ";", -1) : NULL;
  guint index = 2 + 2 * class;

  return parts && g_strv_length (parts) > index ? g_ascii_strtod (parts[index], NULL) : 0;
}

static void
add_reason (GPtrArray *reasons, const char *comparison, char *outcome, double bits)
{
  CcLinkReason *reason = g_new0 (CcLinkReason, 1);

  reason->comparison = g_strdup (comparison);
  reason->outcome = outcome;
  reason->bits = bits;
  g_ptr_array_add (reasons, reason);
}

static void
free_reason (gpointer data)
{
  cc_link_reason_free (data);
}

static GPtrArray *
explain_levels (CcKeyFile *model, guint64 levels, double weight)
{
  static const char *const fixed[CC_LINK_COMPARE_COLUMN] = { "name",   "birth", "alias",
                                                             "father", "sex",   "source" };
  GPtrArray               *reasons = g_ptr_array_new_with_free_func (free_reason);
  g_auto (GStrv) columns = cc_key_file_get_list (model, "model", "columns");
  guint n_columns = columns ? g_strv_length (columns) : 0;
  guint class = cc_link_name_class (levels & 31);
  double rest = weight - g_ascii_strtod (cc_key_file_get (model, "model", "prior-bits"), NULL);

  for (guint i = 0; i < CC_LINK_COMPARE_COLUMN + MIN (n_columns, CC_LINK_MAX_COLUMNS); i++)
    {
      g_auto (GStrv) parts = NULL;
      guint            level = cc_link_pattern_level (levels, i);
      const char      *name;
      CcLinkColumnKind kind = CC_LINK_COLUMN_CODE;
      double           bits;

      if (level == 0)
        continue;
      if (i >= CC_LINK_COMPARE_COLUMN)
        {
          parts = g_strsplit (columns[i - CC_LINK_COMPARE_COLUMN], ":", 2);
          kind = parts[0] && parts[1] ? (CcLinkColumnKind) atoi (parts[1]) : kind;
        }
      name = parts ? parts[0] : fixed[i];
      bits = read_bits (model, name, level, class);
      rest -= bits;
      add_reason (reasons, name, cc_link_outcome_word (i, kind, level), bits);
    }
  add_reason (reasons, "rarity", g_strdup (rest >= 0 ? "rare" : "common"), rest);
  return reasons;
}

void
cc_link_reason_free (CcLinkReason *self)
{
  if (!self)
    return;
  g_free (self->comparison);
  g_free (self->outcome);
  g_free (self);
}

GPtrArray *
cc_review_explain (CcConnection *connection,
                   const char   *kind,
                   gint64        a,
                   gint64        b,
                   double       *bits,
                   double       *probability,
                   GError      **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (connection,
                             "SELECT p.levels, p.weight, m.body, p.probability FROM proposal p "
                             "JOIN link_run r ON r.id = p.run"
                             " JOIN link_model m ON m.id = r.model WHERE p.a = ?1 AND p.b = ?2 AND "
                             "p.kind = ?3"
                             " ORDER BY p.state = 'decided', p.id DESC LIMIT 1",
                             error);
  g_autoptr (CcKeyFile) model = NULL;
  gboolean has_row;

  if (!find)
    return NULL;
  cc_statement_bind_int64 (find, 1, MIN (a, b));
  cc_statement_bind_int64 (find, 2, MAX (a, b));
  cc_statement_bind_text (find, 3, kind);
  if (!cc_statement_step (find, &has_row, error))
    return NULL;
  if (!has_row)
    {
      g_set_error_literal (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                           "No run has compared these two records, or they were linked by a case "
                           "number.");
      return NULL;
    }
  *bits = cc_statement_double (find, 1);
  *probability = cc_statement_double (find, 3);
  model = cc_key_file_load_text ("link_model", cc_statement_text (find, 2), error);
  return model ? explain_levels (model, (guint64) cc_statement_int64 (find, 0),
                                 cc_statement_double (find, 1))
               : NULL;
}

/**
 * cc_link_explain:
 * @a: a record
 * @b: another
 *
 * Returns: (transfer full) (element-type CcLinkReason): what the latest run's comparison of the two
 *   found, and how many bits each outcome adds to the log odds that they are one; the last,
 *   "rarity", is the adjustment for how rare the agreeing values are
 */
GPtrArray *
cc_link_explain (CcCaseFile *file, const char *unit, gint64 a, gint64 b, GError **error)
{
  const char   *kind = cc_link_get_kind (file, unit, error);
  CcConnection *reader = kind ? cc_case_file_acquire_reader (file, error) : NULL;
  GPtrArray    *reasons;
  double        bits;
  double        probability;

  if (!reader)
    return NULL;
  reasons = cc_review_explain (reader, kind, a, b, &bits, &probability, error);
  cc_case_file_release_reader (file, reader);
  return reasons;
}
