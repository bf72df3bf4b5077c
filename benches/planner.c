/* Loads a project with GNOME Planner's library, which schedules its tasks, and saves it with their
   dates: `cc planner.c -o planner libplanner-1.so.1`. */
#include <stdio.h>

typedef struct {
  unsigned domain;
  int code;
  char *message;
} GError;

extern void *mrp_application_new(void);
extern void *mrp_project_new(void *application);
extern int mrp_project_load(void *project, const char *address, GError **error);
extern int mrp_project_save_as(void *project, const char *address, int force, GError **error);

int main(int count, char **words) {
  GError *error = NULL;
  void *project = mrp_project_new(mrp_application_new());
  if (count < 3 || !mrp_project_load(project, words[1], &error) ||
      !mrp_project_save_as(project, words[2], 1, &error)) {
    fprintf(stderr, "%s\n", error ? error->message : "planner FROM TO");
    return 1;
  }
  return 0;
}
