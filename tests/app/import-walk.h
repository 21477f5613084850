/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "page-test.h"

#include "import/cc-import-line-list.h"
#include "import/cc-import-wizard.h"

/* The page Import in a window, and files on their way through its wizard. */
void            import_walk_set_up (PageTest *self, gconstpointer data);
CcImportWizard *import_walk_get_wizard (PageTest *self);

/* Writes a file, adds it to the queue and waits until it is read. */
CcImportDraft *import_walk_add (PageTest *self, const char *name, const char *text);
/* The same for a file that lies in another folder. */
CcImportDraft *import_walk_add_path (PageTest *self, const char *path);
/* Opens it from the queue. */
void import_walk_open (PageTest *self, CcImportDraft *draft);
/* Names police and 2023 as sender and period, and goes on to a step without any question. */
void import_walk_to (PageTest *self, CcImportDraft *draft, CcWizardStep step);
/* Presses Continue once, whatever comes of it. */
void import_walk_press (PageTest *self);
void import_walk_wait_step (PageTest *self, CcWizardStep step);
void import_walk_wait_tried (PageTest *self);

/* The lines of the step Columns or Values, by the name of its type. */
CcImportLineList *import_walk_find_list (PageTest *self, const char *step);
/* kept by the list; NULL where there is none */
CcImportLine *import_walk_find_line (CcImportLineList *list, CcLineKind kind, const char *theirs);
/* Types into the question that is open and takes the first answer. */
void import_walk_choose (const char *typed);
