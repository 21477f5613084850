/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* A folder of its own for each test, and waiting with the main loop running. */
typedef struct
{
  char *folder;
} AppTest;

typedef gboolean (*AppCondition) (gpointer user_data);

/* Starts GTK; without a display the program says so in TAP and ends well. */
void app_test_init (int *argc, char ***argv);

void  app_test_set_up (AppTest *self, gconstpointer data);
void  app_test_tear_down (AppTest *self, gconstpointer data);
char *app_test_path (AppTest *self, const char *name);

/* Fails the test after half a minute, which a busy machine may need. */
void app_test_wait (AppCondition condition, gpointer user_data);

/* A condition: a dialog that asks something is open; it is put where the data points. */
gboolean app_test_find_dialog (gpointer dialog);

/* The first descendant of a type, or the one whose "label" or "title" is the text. */
GtkWidget *app_test_find (GtkWidget *root, GType type, const char *text);

/* Whether all of it is seen inside of what scrolls around it. */
gboolean app_test_is_in_sight (GtkWidget *widget);

/* The innermost part that is seen and asks for more than so many pixels of width; NULL if none. */
GtkWidget *app_test_find_wide (GtkWidget *root, int most);

/* Runs the main loop until no work of the tests is left. */
void app_test_settle (void);

/* Types the passphrase on the passphrase page below root and goes on without a name. */
void app_test_unlock (GtkWidget *root, const char *passphrase);
