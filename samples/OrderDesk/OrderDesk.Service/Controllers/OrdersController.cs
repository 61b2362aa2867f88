using Microsoft.AspNetCore.Mvc;
using OrderDesk.Orders;

namespace OrderDesk.Service.Controllers;

[ApiController, Route("orders")]
public sealed class OrdersController(OrderFiles files, CsvImport import) : ControllerBase
{
    [HttpGet("{id:int}")]
    public string Get(int id) => files.Load(id); // wrong: QNT4008

    [HttpGet("{id:int}/details")]
    public async Task<string> Details(int id, CancellationToken cancellation) => await files.LoadAsync(id, cancellation); // right

    [HttpGet("count")]
    public int Count()
    {
        var counting = files.CountAsync();
        return counting.Result; // wrong: QNT4008
    }

    [HttpGet("total")]
    public async Task<decimal> Total(CancellationToken cancellation)
    {
        var orders = await import.LoadAsync(files.Csv, cancellation); // right
        return orders.Sum(order => order.Total);
    }

    [HttpGet("{id:int}/label")]
    public IActionResult Label(int id)
    {
        var label = Render(id); // wrong: QNT4008
        return Content(label);
    }

    [HttpGet("{id:int}/sticker")]
    public async Task<IActionResult> Sticker(int id, CancellationToken cancellation)
    {
        var label = await RenderAsync(id, cancellation); // right
        return Content(label);
    }

    private string Render(int id)
    {
        WaitForPrinter();
        return $"label {id}";
    }

    private async Task<string> RenderAsync(int id, CancellationToken cancellation)
    {
        await Task.Delay(20, cancellation);
        return $"label {id}";
    }

    private static void WaitForPrinter() => Thread.Sleep(20);
}
