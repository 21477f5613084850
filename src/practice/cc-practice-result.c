/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/practice/cc-practice.h>

void
cc_practice_params_init (CcPracticeParams *params)
{
  *params = (CcPracticeParams){
    .seed = 1,
    .victims = 2000,
    .agencies = 9,
    .level = 3,
    .country = "BEN",
    .first_year = 2020,
    .n_years = 5,
  };
}

/* Frees one file's description; NULL is allowed. */
void
cc_practice_file_free (CcPracticeFile *self)
{
  if (self == NULL)
    return;
  g_free (self->entity);
  g_free (self->name);
  g_free (self->type);
  g_free (self->language);
  g_free (self->path);
  g_free (self->map_path);
  g_free (self);
}

/* Frees a result; NULL is allowed. */
void
cc_practice_result_free (CcPracticeResult *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_free (self->country);
  g_free (self->population_path);
  g_free (self->key_path);
  g_free (self->table_path);
  g_free (self->schema_path);
  g_free (self);
}
