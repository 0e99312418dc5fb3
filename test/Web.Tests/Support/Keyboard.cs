using Microsoft.Playwright;

namespace FairShare.Web.Tests.Support;

/// <summary>Somebody who has a keyboard and nothing else.</summary>
internal sealed class Keyboard(Person person)
{
    // More than any view has, twice around.
    private const int MostStops = 150;

    /// <summary>Goes on with Tab until something has the focus, which is to be seen.</summary>
    /// <param name="role">What it is.</param>
    /// <param name="name">What it is called.</param>
    public Task ReachAsync(AriaRole role, string name) =>
        ReachAsync(person.Page.GetByRole(role, new() { Name = name, Exact = true }).First);

    /// <summary>The same of what is found otherwise.</summary>
    public async Task ReachAsync(ILocator what)
    {
        await person.SeesAsync(what);
        for (var stop = 0; stop < MostStops; stop++)
        {
            if (await what.EvaluateAsync<bool>("one => one === document.activeElement && one.matches(':focus-visible')"))
            {
                return;
            }

            await PressAsync("Tab");
        }

        Assert.Fail($"{what} cannot be reached by Tab on {person.Page.Url}.");
    }

    /// <summary>Reaches a link or a button, and presses Enter on it.</summary>
    public async Task EnterAsync(AriaRole role, string name)
    {
        await ReachAsync(role, name);
        await PressAsync("Enter");
    }

    /// <summary>Goes to a view by its link.</summary>
    public Task OpenAsync(string view) => EnterAsync(AriaRole.Link, view);

    /// <summary>Reaches a field and types into it.</summary>
    public async Task TypeAsync(string label, string text)
    {
        await ReachAsync(person.Page.GetByLabel(label, new() { Exact = true }));
        await person.Page.Keyboard.TypeAsync(text);
    }

    public Task PressAsync(string key) => person.Page.Keyboard.PressAsync(key);
}
