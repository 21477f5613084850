/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <math.h>
#include <stdio.h>

static void
set_name (CcCli *cli, const char *key)
{
  if (key)
    json_builder_set_member_name (cli->builder, key);
}

/* key is NULL inside an array. */
void
cc_cli_json_int (CcCli *cli, const char *key, gint64 value)
{
  set_name (cli, key);
  json_builder_add_int_value (cli->builder, value);
}

void
cc_cli_json_double (CcCli *cli, const char *key, double value)
{
  set_name (cli, key);
  if (isfinite (value))
    json_builder_add_double_value (cli->builder, value);
  else
    json_builder_add_null_value (cli->builder);
}

void
cc_cli_json_text (CcCli *cli, const char *key, const char *value)
{
  /* Names of files may hold bytes that are no letters; JSON may not. */
  g_autofree char *valid = value ? g_utf8_make_valid (value, -1) : NULL;

  set_name (cli, key);
  if (valid)
    json_builder_add_string_value (cli->builder, valid);
  else
    json_builder_add_null_value (cli->builder);
}

void
cc_cli_json_flag (CcCli *cli, const char *key, gboolean value)
{
  set_name (cli, key);
  json_builder_add_boolean_value (cli->builder, value);
}

void
cc_cli_json_begin_array (CcCli *cli, const char *key)
{
  set_name (cli, key);
  json_builder_begin_array (cli->builder);
}

void
cc_cli_json_end_array (CcCli *cli)
{
  json_builder_end_array (cli->builder);
}

void
cc_cli_json_begin_object (CcCli *cli, const char *key)
{
  set_name (cli, key);
  json_builder_begin_object (cli->builder);
}

void
cc_cli_json_end_object (CcCli *cli)
{
  json_builder_end_object (cli->builder);
}

void
cc_cli_json_item (CcCli *cli, const char *value)
{
  json_builder_add_string_value (cli->builder, value);
}

/* Ends the one object and prints it. */
void
cc_cli_json_print (CcCli *cli)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_end_object (cli->builder);
  root = json_builder_get_root (cli->builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, NULL);
  puts (text);
}
