/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-definition-private.h"

#include <cc/base/cc-text.h>

#define DEFAULT_ROLLUP "unodc"

/* The classification pack that the definition was checked against. */
CcPack *
cc_questionnaire_get_pack (CcQuestionnaire *self)
{
  return self->pack;
}

static const char *
get_head (CcQuestionnaire *self, const char *key, const char *fallback)
{
  const char *value = cc_definition_get (self, "questionnaire", key);

  return value ? value : fallback;
}

static int
get_head_int (CcQuestionnaire *self, const char *key, int fallback)
{
  gint64 number;

  return cc_text_to_int (get_head (self, key, ""), 0, G_MAXINT, &number) ? (int) number : fallback;
}

/* The definition's key, such as "unodc-glotip"; "" where it has none. */
const char *
cc_questionnaire_get_id (CcQuestionnaire *self)
{
  return get_head (self, "id", "");
}

/* Its version, 1 where it states none. */
int
cc_questionnaire_get_version (CcQuestionnaire *self)
{
  return get_head_int (self, "version", 1);
}

/* SHA-256 over the definition, its parents and axis files, in hex. */
const char *
cc_questionnaire_get_checksum (CcQuestionnaire *self)
{
  return self->checksum;
}

/* The roll-up scheme in which "under" resolves forms of exploitation. */
const char *
cc_questionnaire_get_rollup (CcQuestionnaire *self)
{
  return get_head (self, "rollup", DEFAULT_ROLLUP);
}

/* Whether it stands in for a form that could not be read: it must say so on its cover. */
gboolean
cc_questionnaire_is_stand_in (CcQuestionnaire *self)
{
  return g_str_equal (get_head (self, "basis", ""), "stand-in");
}

/* The languages it is written in. */
char **
cc_questionnaire_get_languages (CcQuestionnaire *self)
{
  return self->languages;
}

/* How many years one round asks for. */
int
cc_questionnaire_get_n_years (CcQuestionnaire *self)
{
  return MAX (1, get_head_int (self, "years", 1));
}

/* The month in which its years begin, 1 to 12. */
int
cc_questionnaire_get_first_month (CcQuestionnaire *self)
{
  return get_head_int (self, "period-first-month", 1);
}

/* Cells below this are masked in public copies; 0 = it states none. */
int
cc_questionnaire_get_suppress (CcQuestionnaire *self)
{
  return get_head_int (self, "suppress", 0);
}

/* Whether a blank on paper means zero; else it means not known. */
gboolean
cc_questionnaire_blank_is_zero (CcQuestionnaire *self)
{
  return g_str_equal (get_head (self, "blank", "unknown"), "zero");
}

/* The names of its parameters. */
char **
cc_questionnaire_get_params (CcQuestionnaire *self)
{
  return self->params;
}

/* The value the definition gives to a parameter, NULL where it gives none. */
const char *
cc_questionnaire_get_param (CcQuestionnaire *self, const char *name)
{
  g_autofree char *key = g_strconcat ("param.", name, NULL);

  return cc_definition_get (self, "questionnaire", key);
}

/**
 * cc_questionnaire_get_text:
 * @group: "questionnaire", "table Q7", "sheet victims", "axis sexage7", "form cover"
 * @key: "title", "statement", "issuer", "label.women"
 * @language: such as "fr"
 *
 * Returns: (nullable): the text in that language, else the one without a language
 */
const char *
cc_questionnaire_get_text (CcQuestionnaire *self,
                           const char      *group,
                           const char      *key,
                           const char      *language)
{
  g_autofree char *localised = g_strdup_printf ("%s[%s]", key, language);
  const char      *text = cc_definition_get (self, group, localised);

  return text ? text : cc_definition_get (self, group, key);
}

/* The title; its id where it has none. */
const char *
cc_questionnaire_get_title (CcQuestionnaire *self, const char *language)
{
  const char *title = cc_questionnaire_get_text (self, "questionnaire", "title", language);

  return title ? title : cc_questionnaire_get_id (self);
}

/* The title of a table; its id where it has none. */
const char *
cc_questionnaire_get_table_title (CcQuestionnaire         *self,
                                  const CcTableDefinition *table,
                                  const char              *language)
{
  const char *title = cc_questionnaire_get_text (self, table->group, "title", language);

  return title ? title : table->id;
}

guint
cc_questionnaire_get_n_sheets (CcQuestionnaire *self)
{
  return self->sheets->len;
}

/* A sheet in the order of the workbook. */
const CcSheetDefinition *
cc_questionnaire_get_sheet (CcQuestionnaire *self, guint index)
{
  g_return_val_if_fail (index < self->sheets->len, NULL);

  return self->sheets->pdata[index];
}

guint
cc_questionnaire_get_n_tables (CcQuestionnaire *self)
{
  return self->tables->len;
}

/* A table in the order of the file; the order of the workbook is that of the sheets. */
const CcTableDefinition *
cc_questionnaire_get_table (CcQuestionnaire *self, guint index)
{
  g_return_val_if_fail (index < self->tables->len, NULL);

  return &((CcTable *) self->tables->pdata[index])->public;
}

/* The table of that id, NULL where there is none. */
const CcTableDefinition *
cc_questionnaire_find_table (CcQuestionnaire *self, const char *id)
{
  CcTable *table = cc_definition_find_table (self, id);

  return table ? &table->public : NULL;
}

/* The typed-in box of that name, NULL where there is none. */
const CcFieldDefinition *
cc_questionnaire_find_field (CcQuestionnaire *self, const char *name)
{
  for (guint i = 0; i < self->form_fields->len; i++)
    {
      CcFieldDefinition *field = self->form_fields->pdata[i];

      if (g_str_equal (field->name, name))
        return field;
    }
  return NULL;
}

guint
cc_questionnaire_get_n_checks (CcQuestionnaire *self)
{
  return self->checks->len;
}

const CcCheckDefinition *
cc_questionnaire_get_check (CcQuestionnaire *self, guint index)
{
  g_return_val_if_fail (index < self->checks->len, NULL);

  return &((CcCheck *) self->checks->pdata[index])->public;
}

/**
 * cc_questionnaire_list_axes:
 *
 * Returns: (transfer full): the names of the axes that stand on what is counted
 */
char **
cc_questionnaire_list_axes (CcQuestionnaire *self, CcCountUnit count)
{
  static const CcKind kinds[] = { CC_KIND_VICTIM, CC_KIND_VICTIM, CC_KIND_PERP, CC_KIND_EVENT,
                                  CC_KIND_RETURN };
  GStrvBuilder       *builder = g_strv_builder_new ();
  char              **names;

  for (guint i = 0; i < self->axes->len; i++)
    {
      CcAxis *axis = self->axes->pdata[i];

      if (axis->kinds & (1u << kinds[count]))
        g_strv_builder_add (builder, axis->name);
    }
  names = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return names;
}

/* The title of an axis; its name where it has none. */
const char *
cc_questionnaire_get_axis_label (CcQuestionnaire *self, const char *axis, const char *language)
{
  g_autofree char *group = g_strconcat ("axis ", axis, NULL);
  const char      *title = cc_questionnaire_get_text (self, group, "title", language);
  CcAxis          *found;

  if (title)
    return title;
  found = cc_definition_find_axis (self, axis);
  return found ? found->name : axis;
}
