/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <cc/base/cc-error.h>

#include "cc-book-writer-private.h"

#define MAX_LIST    255
#define MAX_MESSAGE 255

/* Whether Excel takes the values inside the cell's own rule: joined by commas, 255 characters. */
static gboolean
fits_in_cell (const char *const *values)
{
  glong length = 0;

  for (guint i = 0; values[i] != NULL; i++)
    {
      if (strpbrk (values[i], ",\"") != NULL)
        return FALSE;
      length += g_utf8_strlen (values[i], -1) + (i > 0);
    }
  return length > 0 && length <= MAX_LIST;
}

static gboolean
put_rule (CcSheetWriter       *self,
          guint                row,
          guint                column,
          guint                last_row,
          guint                last_column,
          lxw_data_validation *rule)
{
  if (!cc_sheet_writer_has_cell (self, last_row, last_column))
    return FALSE;
  return worksheet_data_validation_range (self->sheet, row, (lxw_col_t) column, last_row,
                                          (lxw_col_t) last_column, rule)
         == LXW_NO_ERROR;
}

gboolean
cc_sheet_writer_validate_list (CcSheetWriter     *self,
                               guint              row,
                               guint              column,
                               guint              last_row,
                               guint              last_column,
                               const char *const *values,
                               const char        *range_name,
                               GError           **error)
{
  lxw_data_validation rule = { .error_type = LXW_VALIDATION_ERROR_TYPE_STOP };
  g_autofree char    *range = NULL;

  g_return_val_if_fail (self != NULL && row <= last_row && column <= last_column, FALSE);

  if (values != NULL && fits_in_cell (values))
    {
      rule.validate = LXW_VALIDATION_TYPE_LIST;
      rule.value_list = (char **) values;
    }
  else if (range_name != NULL)
    {
      range = *range_name == '=' ? g_strdup (range_name) : g_strconcat ("=", range_name, NULL);
      rule.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
      rule.value_formula = range;
    }
  else
    {
      g_set_error (error, CC_ERROR, CC_ERROR_LIMIT,
                   "Sheet “%s”: the list for the drop-down is empty, has a comma in a value or is "
                   "longer than 255 characters. Write it to a sheet and name the range.",
                   self->name);
      return FALSE;
    }

  if (!put_rule (self, row, column, last_row, last_column, &rule))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_FAILED,
                   "Sheet “%s”: the drop-down could not be added.", self->name);
      return FALSE;
    }
  return TRUE;
}

gboolean
cc_sheet_writer_validate_count (CcSheetWriter *self,
                                guint          row,
                                guint          column,
                                guint          last_row,
                                guint          last_column,
                                const char    *message)
{
  lxw_data_validation rule = {
    .validate = LXW_VALIDATION_TYPE_INTEGER,
    .criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO,
    .value_number = 0,
    .error_type = LXW_VALIDATION_ERROR_TYPE_STOP,
  };
  g_autofree char *text = NULL;

  g_return_val_if_fail (self != NULL && row <= last_row && column <= last_column, FALSE);

  if (message != NULL && *message != '\0')
    {
      g_autofree char *valid = g_utf8_make_valid (message, -1);

      text = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_MESSAGE));
      rule.error_message = text;
    }
  return put_rule (self, row, column, last_row, last_column, &rule);
}

void
cc_sheet_writer_format_when (CcSheetWriter *self, guint row, guint column, const char *formula)
{
  lxw_conditional_format rule = { .type = LXW_CONDITIONAL_TYPE_FORMULA };
  g_autofree char       *with_sign = NULL;

  g_return_if_fail (self != NULL && formula != NULL);

  if (!cc_sheet_writer_has_cell (self, row, column))
    return;
  with_sign = *formula == '=' ? g_strdup (formula) : g_strconcat ("=", formula, NULL);
  rule.value_string = with_sign;
  rule.format = cc_book_writer_get_alarm (self->book);
  cc_sheet_writer_check (self, row, column,
                         worksheet_conditional_format_cell (self->sheet, row, (lxw_col_t) column,
                                                            &rule));
}
