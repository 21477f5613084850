/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cell-read-private.h"

#include <cc/model/cc-words.h>

/* Adds a code once; FALSE where it was there. */
static void
add_code (CcValue *value, const CcCode *code)
{
  if (!g_ptr_array_find (value->codes, code, NULL))
    g_ptr_array_add (value->codes, (gpointer) code);
}

/* Codes that a person decided for a text: "SEX; LAB" or one kind of no value. */
static gboolean
apply_decision (CcCellReader *self, CcCellRead *read, const char *text, const char *codes)
{
  const CcVariable *variable = self->target->variable;
  g_auto (GStrv) parts = g_strsplit_set (codes, ";,", -1);
  CcValue *value = read->value ? read->value : cc_cell_read_make_value (self, read);

  for (guint i = 0; parts[i]; i++)
    {
      CcNoValue     no_value = cc_no_value_from_code (g_strstrip (parts[i]));
      const CcCode *code;

      if (no_value != CC_NO_VALUE_NONE)
        {
          cc_cell_read_set_no_value (self, read, no_value, text);
          continue;
        }
      code = cc_pack_find_code (self->pack, variable->list, parts[i]);
      if (!code)
        return FALSE;
      if (g_str_equal (code->code, "_O") && !value->text)
        value->text = g_strdup (text);
      if (variable->type == CC_VARIABLE_MULTI)
        add_code (value, code);
      else
        value->code = code;
    }
  return TRUE;
}

void
cc_cell_read_sex (CcCellReader *self, CcCellRead *read, const char *text)
{
  CcSexText  sex;
  CcCodeRead status = cc_sex_reader_read (self->sex, text, &sex);

  switch (status)
    {
    case CC_CODE_READ_OK:
      cc_cell_read_make_value (self, read)->code = sex.sex;
      cc_cell_read_set_extra_age (self, read, sex.age_min, sex.age_max, NULL);
      break;
    case CC_CODE_READ_NO_VALUE:
      cc_cell_read_set_unknown (self, read, text);
      break;
    case CC_CODE_READ_ASK:
      cc_cell_read_set_unreadable (self, read, text, "intake.finding.value-ask");
      cc_cell_read_add_unmapped (read, text);
      break;
    case CC_CODE_READ_UNMAPPED:
      if (sex.n_persons > 1)
        {
          read->n_persons = sex.n_persons;
          break;
        }
      cc_cell_read_set_unreadable (self, read, text, "intake.finding.value-unmapped");
      cc_cell_read_add_unmapped (read, text);
      break;
    case CC_CODE_READ_BLANK:
    default:
      break;
    }
}

/* "3 nigériens et 1 tunisien": a part without a number is one person beside others that are
 * counted. */
static void
add_share (CcCellReader *self, CcCellRead *read, const CcCode *code, int count)
{
  CcCellShare share = { self->target->variable, code, count };

  if (!read->shares)
    read->shares = g_array_new (FALSE, FALSE, sizeof (CcCellShare));
  g_array_append_val (read->shares, share);
}

/* What the parts of a cell count together; nothing where none of them counts. */
static void
settle_shares (CcCellRead *read)
{
  int n = 0, n_counted = 0;

  for (guint i = 0; read->shares && i < read->shares->len; i++)
    {
      CcCellShare *share = &g_array_index (read->shares, CcCellShare, i);

      n_counted += share->n > 0;
      share->n = MAX (share->n, 1);
      n += share->n;
    }
  if (n_counted > 0 && n > 1)
    read->n_persons = n;
  else
    g_clear_pointer (&read->shares, g_array_unref);
}

/* One value of a list; what cannot be read keeps the text of the whole cell. */
static void
read_code_part (CcCellReader *self, CcCellRead *read, const char *text, const char *cell)
{
  const CcVariable *variable = self->target->variable;
  const char       *decided = cc_map_get_value (self->map, variable, text);
  CcCodeText        code;
  CcCodeRead        status;

  if (decided && apply_decision (self, read, text, decided))
    return;
  status = cc_code_text_read (self->pack, variable->list, text, self->own_country, &code);
  if (self->signs && cc_sex_reader_is_unclear (self->signs, text))
    status = CC_CODE_READ_ASK;
  switch (status)
    {
    case CC_CODE_READ_OK:
      if (!read->value || read->value->no_value != CC_NO_VALUE_NONE)
        {
          g_clear_pointer (&read->value, cc_value_free);
          cc_cell_read_make_value (self, read);
        }
      if (variable->type == CC_VARIABLE_MULTI)
        add_code (read->value, code.code);
      else
        read->value->code = code.code;
      if (g_str_equal (code.code->code, "_O") && !read->value->text)
        read->value->text = g_strdup (text);
      add_share (self, read, code.code, code.count);
      break;
    case CC_CODE_READ_NO_VALUE:
      if (!read->value)
        cc_cell_read_set_no_value (self, read, code.no_value, NULL);
      break;
    case CC_CODE_READ_ASK:
    case CC_CODE_READ_UNMAPPED:
      if (code.count > 0)
        add_share (self, read, NULL, code.count);
      read->rule =
          status == CC_CODE_READ_ASK ? "intake.finding.value-ask" : "intake.finding.value-unmapped";
      cc_cell_read_add_unmapped (read, text);
      if (!read->value)
        cc_cell_read_set_no_value (self, read, CC_NO_VALUE_NOT_COLLECTED, cell);
      break;
    case CC_CODE_READ_BLANK:
    default:
      break;
    }
}

void
cc_cell_read_codes (CcCellReader *self, CcCellRead *read, const char *text)
{
  const CcVariable *variable = self->target->variable;
  const char       *decided = cc_map_get_value (self->map, variable, text);
  g_auto (GStrv) parts = NULL;

  if (decided && apply_decision (self, read, text, decided))
    return;
  /* Lists the ministry fills itself and has not filled yet: the text waits for its code. */
  if (!self->has_codes)
    {
      cc_cell_read_set_unreadable (self, read, text, "intake.finding.value-unmapped");
      read->minor = TRUE;
      return;
    }
  if (variable->type != CC_VARIABLE_MULTI)
    {
      read_code_part (self, read, text, text);
      settle_shares (read);
      return;
    }
  /* "Néant" at an attribute means none: the list is known to be empty. */
  if (cc_pack_match_token (self->pack, "none", text))
    {
      cc_cell_read_make_value (self, read)->complete = 1;
      return;
    }
  parts = cc_code_text_split (self->pack, variable->list, text);
  for (guint i = 0; parts[i]; i++)
    read_code_part (self, read, parts[i], text);
  /* A part that nobody knows yet: what was read is not all that was said. */
  if (read->unmapped && read->value && read->value->no_value == CC_NO_VALUE_NONE)
    read->value->complete = 0;
  settle_shares (read);
}

void
cc_cell_read_tick (CcCellReader *self, CcCellRead *read, const char *text)
{
  CcValue *value;

  switch (cc_tick_text_read (self->pack, text))
    {
    case CC_TICK_YES:
      value = cc_cell_read_make_value (self, read);
      if (value->codes)
        add_code (value, self->target->code);
      else
        value->code = self->target->code;
      break;
    case CC_TICK_UNREADABLE:
      cc_cell_read_set_unreadable (self, read, text, "intake.finding.tick-unreadable");
      cc_cell_read_add_unmapped (read, text);
      break;
    case CC_TICK_BLANK:
    case CC_TICK_NO:
    case CC_TICK_UNKNOWN:
    default:
      break;
    }
}
