/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/model/cc-form.h>

#include "cc-pack-private.h"

#include <string.h>

/* Loads forms.csv; variables are there already. */
gboolean
cc_pack_load_forms (CcPack *self, GError **error)
{
  static const char *const parts[] = { "essential", "more", "hidden" };
  const char *const        columns[] = { "variable", "part", "why", NULL };
  g_autoptr (CcCsvTable) table = cc_pack_load_table (self, "forms.csv", columns, error);

  if (!table)
    return FALSE;
  self->form_parts = g_hash_table_new (NULL, NULL);
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    {
      const char *id = cc_csv_table_get (table, row, cc_csv_table_find_column (table, "variable"));
      const char *word = cc_csv_table_get (table, row, cc_csv_table_find_column (table, "part"));
      const CcVariable *variable = cc_pack_find_variable (self, id);
      guint             part = 0;

      if (!variable)
        return cc_pack_fail (table, row, error, "“%s” is no variable.", id);
      while (part < G_N_ELEMENTS (parts) && !g_str_equal (parts[part], word))
        part++;
      if (part == G_N_ELEMENTS (parts))
        return cc_pack_fail (table, row, error, "“%s” is no part of a form.", word);
      if (!g_hash_table_insert (self->form_parts, (gpointer) variable, GUINT_TO_POINTER (part)))
        return cc_pack_fail (table, row, error, "the variable “%s” stands twice.", id);
    }
  return TRUE;
}

/* A list without codes, such as the regions before a ministry named them, leaves nothing to choose.
 */
static gboolean
has_choices (CcPack *pack, const CcVariable *variable)
{
  GPtrArray *codes;

  if (!*variable->list)
    return TRUE;
  codes = cc_pack_get_list_codes (pack, variable->list);
  return codes && codes->len > 0;
}

static gboolean
can_be_asked (CcPack *pack, const CcVariable *variable)
{
  return (variable->storage == CC_STORAGE_COLUMN || variable->storage == CC_STORAGE_ANSWER
          || variable->storage == CC_STORAGE_IDENTIFIER)
         && has_choices (pack, variable);
}

/* The lowest tier among the fields of a unit that state facts, not identity. */
static int
find_lowest_tier (CcPack *pack, const char *unit)
{
  int lowest = G_MAXINT;

  for (guint i = 0; i < pack->variables->len; i++)
    {
      const CcVariable *variable = pack->variables->pdata[i];

      if (g_str_equal (variable->unit, unit) && can_be_asked (pack, variable)
          && variable->storage != CC_STORAGE_IDENTIFIER)
        lowest = MIN (lowest, variable->tier);
    }
  return lowest;
}

/**
 * cc_form_get_part:
 *
 * Returns: where the form shows the variable: by tier, unless forms.csv says otherwise
 */
CcFormPart
cc_form_get_part (CcPack *pack, const CcVariable *variable)
{
  gpointer part;

  g_return_val_if_fail (pack != NULL && variable != NULL, CC_FORM_HIDDEN);

  if (!can_be_asked (pack, variable))
    return CC_FORM_HIDDEN;
  if (g_hash_table_lookup_extended (pack->form_parts, variable, NULL, &part))
    return GPOINTER_TO_UINT (part);
  return variable->tier <= MAX (find_lowest_tier (pack, variable->unit), 1) ? CC_FORM_ESSENTIAL
                                                                            : CC_FORM_MORE;
}

/**
 * cc_form_is_asked:
 *
 * Returns: whether the form has a field for the variable
 */
gboolean
cc_form_is_asked (CcPack *pack, const CcVariable *variable)
{
  return cc_form_get_part (pack, variable) != CC_FORM_HIDDEN;
}

static void
free_section (gpointer data)
{
  CcFormSection *section = data;

  g_ptr_array_unref (section->essential);
  g_ptr_array_unref (section->more);
  g_free (section);
}

static CcFormSection *
find_section (GPtrArray *sections, CcFormSectionKind kind, const char *group)
{
  CcFormSection *section;

  for (guint i = 0; i < sections->len; i++)
    {
      section = sections->pdata[i];
      if (section->kind == kind && g_str_equal (section->group, group))
        return section;
    }
  section = g_new0 (CcFormSection, 1);
  section->kind = kind;
  section->group = group;
  section->essential = g_ptr_array_new_with_free_func (g_free);
  section->more = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (sections, section);
  return section;
}

static void
add_field (CcPack *pack, GPtrArray *sections, const CcVariable *variable)
{
  const gboolean    identity = variable->storage == CC_STORAGE_IDENTIFIER;
  CcFormSectionKind kind = identity           ? CC_FORM_SECTION_IDENTITY
                           : *variable->group ? CC_FORM_SECTION_GROUP
                                              : CC_FORM_SECTION_GENERAL;
  CcFormSection    *section;
  CcFormField      *field;
  const char       *most = strstr (variable->card, "..");

  section = find_section (sections, kind, identity ? "" : variable->group);
  field = g_new0 (CcFormField, 1);
  field->variable = variable;
  field->part = cc_form_get_part (pack, variable);
  field->repeats = identity && g_str_has_suffix (variable->card, "..n");
  field->most = most ? (guint) g_ascii_strtoull (most + 2, NULL, 10) : 0;
  g_ptr_array_add (field->part == CC_FORM_ESSENTIAL ? section->essential : section->more, field);
}

/* What is folded away whole comes last: the questions in view stand together. */
static void
move_folded_sections (GPtrArray *sections)
{
  for (guint i = 0, n = sections->len; i < n;)
    {
      CcFormSection *section = sections->pdata[i];

      if (section->essential->len > 0)
        {
          i++;
          continue;
        }
      g_ptr_array_add (sections, g_ptr_array_steal_index (sections, i));
      n--;
    }
}

static void
drop_empty_sections (GPtrArray *sections)
{
  for (guint i = sections->len; i > 0; i--)
    {
      CcFormSection *section = sections->pdata[i - 1];

      if (section->essential->len == 0 && section->more->len == 0)
        g_ptr_array_remove_index (sections, i - 1);
    }
}

/**
 * cc_form_build:
 * @unit: any unit or link
 *
 * Identity first, then the fields without row group, then the groups in the order of the
 * dictionary; sections without an essential field after those with one.
 *
 * Returns: (transfer full) (element-type CcFormSection): the form; empty for a link that only links
 */
GPtrArray *
cc_form_build (CcPack *pack, const CcUnit *unit)
{
  GPtrArray *sections = g_ptr_array_new_with_free_func (free_section);

  g_return_val_if_fail (pack != NULL && unit != NULL, sections);

  find_section (sections, CC_FORM_SECTION_IDENTITY, "");
  find_section (sections, CC_FORM_SECTION_GENERAL, "");
  for (guint i = 0; i < pack->variables->len; i++)
    {
      const CcVariable *variable = pack->variables->pdata[i];

      if (g_str_equal (variable->unit, unit->name) && cc_form_is_asked (pack, variable))
        add_field (pack, sections, variable);
    }
  drop_empty_sections (sections);
  move_folded_sections (sections);
  return sections;
}
