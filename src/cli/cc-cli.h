/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <libintl.h>

#include <cc/base/cc-progress.h>
#include <cc/base/cc-secret.h>
#include <cc/model/cc-texts.h>
#include <cc/store/cc-case-file.h>

#define _(text)  gettext (text)
#define N_(text) (text)

/* Exit codes of the contract: done, refused or failed, wrong use. */
enum
{
  CC_CLI_DONE = 0,
  CC_CLI_FAILED = 1,
  CC_CLI_WRONG_USE = 2,
};

/* What one run of the program knows: the options every command has, and the answer it is building.
 */
typedef struct
{
  const char   *command; /* name of the subcommand */
  gboolean      json;
  gboolean      quiet;
  char         *language; /* of data labels: en fr pt es ar sw */
  gboolean      language_given;
  char         *passphrase_file;
  char         *user; /* who the acts are signed by */
  char         *hat;  /* and in which function */
  CcPack       *pack;
  CcTexts      *texts;
  JsonBuilder  *builder; /* the one object that --json prints */
  GCancellable *cancellable;
} CcCli;

typedef gboolean (*CcCliRun) (CcCli *cli, int argc, char **argv, GError **error);

typedef struct
{
  const char *name;
  CcCliRun    run;
  const char *arguments; /* after the name, as --help shows them */
  const char *summary;
  const char *example;
} CcCliCommand;

extern const CcCliCommand cc_cli_commands[];

/* cc-cli.c */
const CcCliCommand *cc_cli_find (const char *name);
gboolean
cc_cli_parse (CcCli *cli, int *argc, char ***argv, const GOptionEntry *entries, GError **error);
gboolean cc_cli_usage (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Says, in words and fields, what a whole file does not prove. */
gboolean cc_cli_tell_nameless (CcCli *cli, CcCaseFile *file, GError **error);
gboolean cc_cli_need_pack (CcCli *cli, GError **error);
void     cc_cli_say (CcCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);
void     cc_cli_print (CcCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean cc_cli_parse_years (const char *text, GArray **periods, GError **error);
gboolean cc_cli_choose_years (CcCaseFile *file, const char *text, GArray **periods, GError **error);

/* cc-cli-passphrase.c */
CcSecret *cc_cli_read_passphrase (CcCli *cli, gboolean twice, GError **error);
CcSecret *cc_cli_read_new_passphrase (const char *path, GError **error);
CcSecret *cc_cli_read_package_passphrase (const char *path, GError **error);
void cc_cli_warn_weak (CcCli *cli, const char *passphrase, const char *path, const char *country);

/* cc-cli-open.c */
CcCaseFile *cc_cli_open (CcCli *cli, const char *path, CcOpenMode mode, GError **error);
CcCaseFile *cc_cli_open_to_copy (CcCli *cli, const char *path, GError **error);
CcCaseFile *cc_cli_open_as_it_is (CcCli *cli, const char *path, CcOpenMode mode, GError **error);

/* cc-cli-progress.c */
CcProgress *cc_cli_progress_new (CcCli *cli);
void        cc_cli_progress_end (void);

/* cc-cli-json.c */
void cc_cli_json_int (CcCli *cli, const char *key, gint64 value);
void cc_cli_json_double (CcCli *cli, const char *key, double value);
void cc_cli_json_text (CcCli *cli, const char *key, const char *value);
void cc_cli_json_flag (CcCli *cli, const char *key, gboolean value);
void cc_cli_json_begin_array (CcCli *cli, const char *key);
void cc_cli_json_end_array (CcCli *cli);
void cc_cli_json_begin_object (CcCli *cli, const char *key);
void cc_cli_json_end_object (CcCli *cli);
void cc_cli_json_item (CcCli *cli, const char *value);
void cc_cli_json_print (CcCli *cli);

/* The commands, one file each. */
gboolean cc_cli_audit (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_backup (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_chart (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_charts (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_conflicts (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_count (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_decide (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_demo (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_entity (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_export_model (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_import (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_import_pairs (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_info (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_inspect (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_keys (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_link (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_link_table (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_merge (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_models (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_new (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_nil (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_profile (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_pack (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_package (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_population (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_practice (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_questionnaire (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_questionnaires (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_queue (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_read_back (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_rekey (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_restore (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_retain (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_repair (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_undo (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_redo (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_send_back (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_sent_counts (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_undo_import (CcCli *cli, int argc, char **argv, GError **error);
gboolean cc_cli_verify (CcCli *cli, int argc, char **argv, GError **error);
