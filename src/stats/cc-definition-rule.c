/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-definition-private.h"

#include "cc-nearest-private.h"

#include <cc/base/cc-error.h>
#include <cc/model/cc-texts.h>

static void
free_term (gpointer data)
{
  CcRuleTerm *term = data;

  g_free (term->table);
  g_free (term->row);
  g_free (term);
}

/* Frees a check. */
void
cc_check_free (CcCheck *self)
{
  if (!self)
    return;
  g_clear_pointer (&self->left, g_ptr_array_unref);
  g_clear_pointer (&self->right, g_ptr_array_unref);
  g_free (self);
}

static gboolean
fail_term (const char *text, GError **error)
{
  g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
               "“%s” is no term of a rule; write TABLE.sum, TABLE.total or TABLE[row]", text);
  return FALSE;
}

/* TABLE.sum, TABLE.total or TABLE[row]. */
static gboolean
add_term (GPtrArray *terms, const char *text, GError **error)
{
  CcRuleTerm *term;
  const char *bracket = strchr (text, '[');
  const char *dot = strrchr (text, '.');

  if (bracket ? bracket == text || !g_str_has_suffix (text, "]") || !bracket[2]
              : !dot || dot == text || (!g_str_equal (dot, ".sum") && !g_str_equal (dot, ".total")))
    return fail_term (text, error);
  term = g_new0 (CcRuleTerm, 1);
  if (bracket)
    {
      term->table = g_strndup (text, (gsize) (bracket - text));
      term->row = g_strndup (bracket + 1, strlen (bracket) - 2);
    }
  else
    {
      term->table = g_strndup (text, (gsize) (dot - text));
      term->sum = g_str_equal (dot, ".sum");
    }
  g_ptr_array_add (terms, term);
  return TRUE;
}

static GPtrArray *
parse_side (const char *text, GError **error)
{
  g_autoptr (GPtrArray) terms = g_ptr_array_new_with_free_func (free_term);
  g_auto (GStrv) parts = g_strsplit (text, "+", -1);

  for (guint i = 0; parts[i]; i++)
    if (!add_term (terms, g_strstrip (parts[i]), error))
      return NULL;
  if (!terms->len)
    {
      fail_term (text, error);
      return NULL;
    }
  return g_steal_pointer (&terms);
}

/* Reads a rule: terms joined by "+", a comparison, terms. */
gboolean
cc_rule_parse (CcCheck *check, const char *text, GError **error)
{
  static const struct
  {
    const char *sign;
    CcOperator  op;
  } signs[] = { { "<=", CC_OP_LESS_EQUAL }, { ">=", CC_OP_GREATER_EQUAL },
                { "!=", CC_OP_NOT_EQUAL },  { "<", CC_OP_LESS },
                { ">", CC_OP_GREATER },     { "=", CC_OP_EQUAL } };

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      const char      *at = strstr (text, signs[i].sign);
      g_autofree char *left = NULL;

      if (!at)
        continue;
      left = g_strndup (text, (gsize) (at - text));
      check->op = signs[i].op;
      check->left = parse_side (left, error);
      if (check->left)
        check->right = parse_side (at + strlen (signs[i].sign), error);
      return check->right != NULL;
    }
  g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
               "the rule “%s” compares nothing; it needs one of = != < <= > >=", text);
  return FALSE;
}

static void
check_terms (CcQuestionnaire *self, CcCheck *check, GPtrArray *terms)
{
  for (guint i = 0; i < terms->len; i++)
    {
      CcRuleTerm *term = terms->pdata[i];
      CcNearest   nearest;

      if (cc_definition_find_table (self, term->table))
        continue;
      cc_nearest_init (&nearest, term->table);
      for (guint j = 0; j < self->tables->len; j++)
        cc_nearest_try (&nearest, ((CcTable *) self->tables->pdata[j])->public.id);
      cc_definition_problem (self, CC_SEVERITY_ERROR, check->public.group, "rule",
                             nearest.best ? "the rule names a table “%s” that does not exist; the "
                                            "nearest is “%s”"
                                          : "the rule names a table “%s” that does not exist",
                             term->table, nearest.best);
    }
}

/* Whether a table of the rule was taken out by drop=yes: then the rule goes with it. */
static gboolean
is_dropped (CcQuestionnaire *self, GPtrArray *terms)
{
  for (guint i = 0; i < terms->len; i++)
    {
      g_autofree char *group =
          g_strconcat ("table ", ((CcRuleTerm *) terms->pdata[i])->table, NULL);
      const char *drop = cc_definition_get (self, group, "drop");

      if (drop && (g_str_equal (drop, "yes") || g_str_equal (drop, "true")))
        return TRUE;
    }
  return FALSE;
}

/* A name in braces that no check fills would be printed as it stands. */
static void
check_placeholders (CcQuestionnaire *self, const char *group, CcTexts *texts, const char *key)
{
  g_auto (GStrv) names = cc_texts_list_placeholders (texts, key);

  for (guint i = 0; names[i]; i++)
    {
      CcNearest nearest;

      if (g_strv_contains (cc_check_placeholders, names[i]))
        continue;
      cc_nearest_init (&nearest, names[i]);
      for (guint j = 0; cc_check_placeholders[j]; j++)
        cc_nearest_try (&nearest, cc_check_placeholders[j]);
      cc_definition_problem (self, CC_SEVERITY_ERROR, group, "text",
                             nearest.best ? "the text “%s” names {%s}, which a check does not "
                                            "fill; the nearest is {%s}"
                                          : "the text “%s” names {%s}, which a check does not fill",
                             key, names[i], nearest.best);
    }
}

/* text=KEY: the sentence of the check, which must be among the texts of the program. */
static const char *
load_text (CcQuestionnaire *self, const char *group)
{
  const char *key = cc_definition_get (self, group, "text");
  g_autoptr (GError) error = NULL;
  g_autoptr (CcTexts) texts = NULL;
  g_auto (GStrv) keys = NULL;
  CcNearest nearest;

  if (!key)
    return "";
  texts = cc_texts_load_default (&error);
  if (!texts)
    cc_definition_problem (self, CC_SEVERITY_ERROR, group, "text", "%s", error->message);
  else if (cc_texts_has (texts, key))
    check_placeholders (self, group, texts, key);
  else
    {
      keys = cc_texts_list_keys (texts);
      cc_nearest_init (&nearest, key);
      for (guint i = 0; keys[i]; i++)
        cc_nearest_try (&nearest, keys[i]);
      cc_definition_problem (self, CC_SEVERITY_ERROR, group, "text",
                             nearest.best ? "there is no text “%s”; the nearest is “%s”"
                                          : "there is no text “%s”",
                             key, nearest.best);
    }
  return cc_definition_keep (self, key);
}

static void
load_check (CcQuestionnaire *self, const char *id)
{
  static const char *const severities[] = { "error", "warning", "note", NULL };
  static const char *const bys[] = { "period-year", "cumulated", NULL };
  g_autofree char         *group = g_strconcat ("check ", id, NULL);
  const char              *rule = cc_definition_get (self, group, "rule");
  CcCheck                 *check = g_new0 (CcCheck, 1);
  g_autoptr (GError) error = NULL;

  check->public.id = cc_definition_keep (self, id);
  check->public.group = cc_definition_keep (self, group);
  check->public.severity =
      (CcSeverity) cc_definition_get_choice (self, group, "severity", severities, 0);
  check->public.cumulated = cc_definition_get_choice (self, group, "by", bys, 0) == 1;
  check->public.rule = cc_definition_keep (self, rule ? rule : "");
  check->public.text = load_text (self, group);
  if (!cc_rule_parse (check, check->public.rule, &error))
    {
      cc_definition_problem (self, CC_SEVERITY_ERROR, group, "rule", "%s", error->message);
      cc_check_free (check);
      return;
    }
  if (is_dropped (self, check->left) || is_dropped (self, check->right))
    {
      cc_check_free (check);
      return;
    }
  g_ptr_array_add (self->checks, check);
  check_terms (self, check, check->left);
  check_terms (self, check, check->right);
}

/* Reads the [check ID] groups. */
void
cc_definition_load_rules (CcQuestionnaire *self)
{
  g_auto (GStrv) ids = cc_definition_groups (self, "check");

  for (guint i = 0; ids[i]; i++)
    load_check (self, ids[i]);
}
