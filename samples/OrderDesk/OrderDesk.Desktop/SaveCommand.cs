using System.Windows.Input;

namespace OrderDesk.Desktop;

/// <summary>Keeps the draft of an order.</summary>
public sealed class SaveCommand(string path) : ICommand
{
    public event EventHandler? CanExecuteChanged { add { } remove { } }

    public bool CanExecute(object? parameter) => true;

    public void Execute(object? parameter)
    {
        Save(parameter as string ?? ""); // wrong: QNT5001
    }

    private void Save(string draft) => File.WriteAllText(path, draft);
}

/// <summary>The same command; the window lives on while the disk works.</summary>
public sealed class StoreCommand(string path) : ICommand
{
    public event EventHandler? CanExecuteChanged { add { } remove { } }

    public bool CanExecute(object? parameter) => true;

    public async void Execute(object? parameter)
    {
        try
        {
            await File.WriteAllTextAsync(path, parameter as string ?? ""); // right
        }
        catch (IOException error)
        {
            Console.WriteLine(error.Message);
        }
    }
}
